/** Every value of the look. Colours come in pairs, light then dark; all become custom properties named `--tl-…`. */

export const COLORS = {
  // Ground
  bg: ['#F4F6F6', '#0F1415'],
  surface: ['#FFFFFF', '#161C1E'],
  raised: ['#FFFFFF', '#1C2427'],
  sunken: ['#ECF0F0', '#11181A'],
  hover: ['#F0F4F4', '#1E272A'],
  selected: ['#E4F1F3', '#12323A'],
  line: ['#DAE1E1', '#2A3437'],
  'line-strong': ['#7D8B8E', '#6B7B80'],
  // Ink
  text: ['#162023', '#E7EDEE'],
  'text-2': ['#465356', '#B0BCBF'],
  'text-3': ['#5B696C', '#93A1A5'],
  // The one accent: petrol
  accent: ['#0B6675', '#55C5D1'],
  'accent-hover': ['#084F5B', '#7AD6DF'],
  'accent-soft': ['#DDEFF1', '#12343A'],
  'accent-text': ['#095866', '#7FD8E1'],
  'on-accent': ['#FFFFFF', '#04252B'],
  // Status: text, soft ground, mark. Good is quiet: a petrol mark beside ordinary ink
  'good-mark': ['#0B7A8B', '#3FB3C0'],
  warn: ['#8A5200', '#F2BC62'],
  'warn-soft': ['#FBEFD9', '#37290F'],
  'warn-mark': ['#C07A08', '#E2A53A'],
  bad: ['#A8173D', '#FF94A8'],
  'bad-soft': ['#FBE6EA', '#431B26'],
  'bad-mark': ['#C4264F', '#F2607E'],
  mute: ['#8E9B9E', '#66757A'],
  // Charts
  'chart-actual': ['#0B6675', '#55C5D1'],
  'chart-pace': ['#7D8B8E', '#6B7B80'],
  'chart-band': ['#CFE6E9', '#17414A'],
  'chart-bar': ['#829093', '#66757A'],
  'chart-quiet': ['#B7C4C6', '#445257'],
  'chart-grid': ['#E6EBEB', '#222B2E'],
  // Grounds of small things
  track: ['#E1E7E8', '#2A3538'],
  avatar: ['#DDE4E5', '#2C383B'],
  pressed: ['#FFFFFF', '#2A3437'],
  // Lift: sheets have none, only what floats has
  'shadow-raised': ['0 1px 2px rgb(16 32 35 / 6%)', '0 1px 2px rgb(0 0 0 / 40%)'],
  'shadow-float': [
    '0 2px 4px rgb(16 32 35 / 8%), 0 12px 32px rgb(16 32 35 / 12%)',
    '0 2px 4px rgb(0 0 0 / 50%), 0 12px 32px rgb(0 0 0 / 50%)'
  ]
} as const satisfies Record<string, readonly [light: string, dark: string]>

export const FONT =
  '"Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
export const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", Menlo, monospace'

/** The same in light and dark. `row` and `pad` are other below the `sm` breakpoint (see base.css). */
export const MEASURES = {
  font: FONT,
  mono: MONO,
  'fs-12': '12px',
  'fs-13': '13px',
  'fs-14': '14px',
  'fs-16': '16px',
  'fs-20': '20px',
  'fs-28': '28px',
  's-1': '4px',
  's-2': '8px',
  's-3': '12px',
  's-4': '16px',
  's-5': '24px',
  's-6': '32px',
  's-7': '48px',
  'r-s': '4px',
  'r-m': '6px',
  'r-l': '10px',
  ease: 'cubic-bezier(.2, 0, 0, 1)',
  't-fast': '120ms',
  't-panel': '180ms',
  nav: '208px'
} as const
