// Before the first paint, so that nobody who chose light sees a dark flash.
try {
  const theme = JSON.parse(localStorage.getItem('screener.settings') || '{}').theme || 'system';
  const isLight = theme === 'light' || (theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = isLight ? 'light' : 'dark';
} catch {
  // a browser that forbids storage gets the dark page
}
