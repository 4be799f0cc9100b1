// Runs before the first paint, so that what cards.js is about to fold never shows unfolded.
document.documentElement.dataset.scripted = 'loading';
