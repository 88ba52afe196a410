// What was chosen the last time; without a choice the system's.
try {
  const theme = localStorage.getItem('funnel-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be switched off.
}
