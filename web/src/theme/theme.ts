/** The look, as Mantine wants to be told it: colours, type, shape and the defaults of its components. */
import {
  ActionIcon,
  Alert,
  Anchor,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  defaultVariantColorsResolver,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  MultiSelect,
  NavLink,
  Popover,
  Radio,
  SegmentedControl,
  Select,
  Stepper,
  Switch,
  Table,
  Tabs,
  Tooltip,
  type VariantColorsResolver
} from '@mantine/core'
import { COLORS, FONT, MEASURES, MONO } from './tokens.ts'

const petrol: MantineColorsTuple = [
  '#EAF5F6',
  '#DDEFF1',
  '#B5DDE1',
  '#86CDD4',
  '#55C5D1',
  '#3FB3C0',
  '#0B7A8B',
  '#0B6675',
  '#084F5B',
  '#063E48'
]

const gray: MantineColorsTuple = [
  '#F4F6F6',
  '#ECF0F0',
  '#E1E7E8',
  '#DAE1E1',
  '#B7C4C6',
  '#8E9B9E',
  '#5B696C',
  '#465356',
  '#2B373A',
  '#162023'
]

const dark: MantineColorsTuple = [
  '#E7EDEE',
  '#B0BCBF',
  '#93A1A5',
  '#66757A',
  '#2A3437',
  '#1E272A',
  '#1C2427',
  '#0F1415',
  '#0C1011',
  '#080B0C'
]

/** What stands in place of Mantine's own red, yellow and grey where they speak of a state. */
const STATES: Record<string, { text: string; soft: string }> = {
  red: { text: 'bad', soft: 'bad-soft' },
  yellow: { text: 'warn', soft: 'warn-soft' },
  petrol: { text: 'text', soft: 'sunken' },
  gray: { text: 'text-2', soft: 'sunken' }
}

const stateColors: VariantColorsResolver = (input) => {
  const usual = defaultVariantColorsResolver(input)
  const state = STATES[input.color ?? input.theme.primaryColor]
  if (state && input.variant === 'light') {
    return {
      ...usual,
      background: `var(--tl-${state.soft})`,
      hover: 'var(--tl-hover)',
      color: `var(--tl-${state.text})`
    }
  }
  if (state?.text === 'text' && input.variant === 'filled') {
    return { ...usual, background: 'var(--tl-accent)', hover: 'var(--tl-accent-hover)', color: 'var(--tl-on-accent)' }
  }
  if (input.color === 'red' && input.variant === 'filled') {
    return { ...usual, background: 'var(--tl-bad)', hover: 'var(--tl-bad-mark)', color: 'var(--tl-surface)' }
  }
  return usual
}

/** The list itself scrolls: the keyboard moves in it, and what reads aloud knows where it ends. */
const LIST = { withScrollArea: false, styles: { options: { maxHeight: 220, overflowY: 'auto' } } } as const

export const theme = createTheme({
  variantColorResolver: stateColors,
  colors: { petrol, gray, dark },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  black: COLORS.text[0],
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '24px', xl: '28px' },
  headings: {
    fontFamily: FONT,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' }
    }
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '4px', md: '6px', lg: '10px' },
  defaultRadius: 'md',
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 32 } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Anchor: Anchor.extend({ defaultProps: { underline: 'hover' } }),
    Button: Button.extend({ defaultProps: { variant: 'default', size: 'sm' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', radius: 'sm', iconColor: 'var(--tl-on-accent)' } }),
    Drawer: Drawer.extend({ defaultProps: { transitionProps: { duration: 180 } } }),
    Input: Input.extend({ defaultProps: { size: 'sm' } }),
    InputWrapper: Input.Wrapper.extend({ defaultProps: { size: 'sm' } }),
    Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 120 }, shadow: 'float' } }),
    Modal: Modal.extend({
      defaultProps: {
        radius: 'lg',
        padding: 'lg',
        centered: true,
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 0.35 }
      }
    }),
    MultiSelect: MultiSelect.extend({ defaultProps: LIST }),
    NavLink: NavLink.extend({ defaultProps: { variant: 'subtle' } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 120 }, shadow: 'float' } }),
    Radio: Radio.extend({ defaultProps: { size: 'xs', iconColor: 'var(--tl-on-accent)' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'sm', transitionDuration: 120 } }),
    Select: Select.extend({ defaultProps: LIST }),
    Stepper: Stepper.extend({
      defaultProps: { size: 'sm' },
      vars: () => ({ root: { '--stepper-icon-color': 'var(--tl-on-accent)' } })
    }),
    Switch: Switch.extend({ defaultProps: { size: 'sm' } }),
    Table: Table.extend({
      defaultProps: {
        verticalSpacing: 7,
        horizontalSpacing: 10,
        highlightOnHover: true,
        stickyHeader: true,
        tabularNums: true
      }
    }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    // Tooltips answer to the keyboard and to a finger as well.
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true } } })
  },
  shadows: { float: 'var(--tl-shadow-float)', raised: 'var(--tl-shadow-raised)' }
})

const named = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`--tl-${name}`, value]))

const side = (index: 0 | 1): Record<string, string> => {
  const colors = named(Object.fromEntries(Object.entries(COLORS).map(([name, pair]) => [name, pair[index]])))
  return {
    ...colors,
    '--mantine-color-body': 'var(--tl-bg)',
    '--mantine-color-text': 'var(--tl-text)',
    '--mantine-color-default': 'var(--tl-surface)',
    '--mantine-color-default-hover': 'var(--tl-hover)',
    '--mantine-color-default-color': 'var(--tl-text)',
    '--mantine-color-default-border': 'var(--tl-line)',
    '--mantine-color-dimmed': 'var(--tl-text-2)',
    '--mantine-color-placeholder': 'var(--tl-text-3)',
    '--mantine-color-anchor': 'var(--tl-accent-text)',
    '--mantine-color-error': 'var(--tl-bad)',
    '--mantine-primary-color-contrast': 'var(--tl-on-accent)',
    '--mantine-primary-color-filled': 'var(--tl-accent)',
    '--mantine-primary-color-filled-hover': 'var(--tl-accent-hover)',
    '--mantine-color-petrol-filled': 'var(--tl-accent)',
    '--mantine-color-petrol-filled-hover': 'var(--tl-accent-hover)'
  }
}

export const cssVariables: CSSVariablesResolver = () => ({ variables: named(MEASURES), light: side(0), dark: side(1) })
