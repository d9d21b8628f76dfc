/** A skeleton in the final shape, shown only when the answer takes longer than 150 ms. */
import { Skeleton, VisuallyHidden } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { words } from '../words/en.ts'

/** `children`: skeletons in the shape of what comes. Without them: `rows` lines as of a table. */
export function Waiting({ rows = 6, children }: { rows?: number; children?: ReactNode }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div aria-busy="true" style={{ minHeight: children ? undefined : rows * 36 }}>
      {late && (
        <>
          <VisuallyHidden role="status">{words.waiting}</VisuallyHidden>
          {children ??
            Array.from({ length: rows }, (_, row) => WIDTHS[row % WIDTHS.length]).map((width, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike.
              <div key={row} style={{ padding: '12px 16px' }}>
                <Skeleton height={12} width={`${width}%`} radius="sm" />
              </div>
            ))}
        </>
      )}
    </div>
  )
}

const WIDTHS = [72, 58, 80, 64, 49, 76]
