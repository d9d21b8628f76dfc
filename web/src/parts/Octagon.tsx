/** Corners one can see at 16 px; those of the icon set are so round that it passes for a circle. */
export function Octagon() {
  return (
    <svg className="tabler-icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" {...STROKES}>
      <path d="M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM12 7.5v5M12 16v.1" />
    </svg>
  )
}

const STROKES = { fill: 'none', stroke: 'currentColor', strokeLinecap: 'round', strokeLinejoin: 'round' } as const
