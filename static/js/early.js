// Runs before the first paint, so that what cards.js is about to place and fold never jumps.
{
  const page = document.documentElement.dataset;
  page.scripted = 'loading';
  // Should cards.js not arrive, the page is as it is without script.
  addEventListener('load', () => page.scripted === 'loading' && delete page.scripted);
}
