window.explainerSearch = [
["../glossary/aksel-dahl.html","Aksel Dahl","","Person","en",""],
["../glossary/liv-holm.html","Liv Holm","Mayor of Nordhavn","Person","en","Holm\n홀름\n리브 홀름"],
["../glossary/nordhavn.html","Nordhavn","","Place","en","노르하운"],
["../glossary/nordhavn-council.html","Nordhavn Council","","Organization","en",""],
["../glossary/nordhavn-line.html","Nordhavn Ferry Line","","Organization","en","NFL"],
["../glossary/skerry-island.html","Skerry Island","","Place","en",""],
["../glossary/harbor-post.html","The Harbor Post","","News outlet","en",""],
["../glossary/tugboat.html","tugboat","","Term","en",""],
["../articles/island-votes.html","Skerry Island votes on its own","","November 10, 2031","en"],
["../articles/article-1ea5c356f6.html","노르하운에서 온 소식","","November 5, 2031","ko"],
["../articles/ferry-strike.html","Ferry crews strike as Mayor Holm warns of “a long winter”","The crews of the Nordhavn ferry stopped work on Monday. The town and the line blame each other.","November 3, 2031","en"]
];
