// Sets light or dark before the first paint. A file of its own, because the page's policy allows no inline script.
const kept = localStorage.getItem('throughline-scheme')
const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
