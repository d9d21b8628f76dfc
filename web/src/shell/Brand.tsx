import { Link } from '@tanstack/react-router'
import { words } from '../words/en.ts'
import styles from './Shell.module.css'

export const Brand = () => (
  <Link to="/" className={styles.brand}>
    <LineMark />
    {words.app}
  </Link>
)

/** A line from a card to a result. */
const LineMark = () => (
  <svg
    width="20"
    height="20"
    viewBox="0 0 32 32"
    fill="none"
    stroke="currentColor"
    strokeWidth="3"
    strokeLinecap="round"
    aria-hidden="true"
  >
    <path d="M7 23h6c4.5 0 2.5-14 7-14h3" />
    <circle cx="5.5" cy="23" r="2.8" fill="currentColor" stroke="none" />
    <circle cx="26" cy="9" r="3.3" />
  </svg>
)
