/** The first look of an account's boards, as long as it runs. */
import { Button } from '@mantine/core'
import { IconInfoCircle, IconPlayerPause } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Progress as Told } from '../../api/progress.ts'
import { Progress } from '../../parts/Charts.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { When } from '../../parts/When.tsx'
import { connectionsWords } from '../../words/connections.ts'
import { number, percent } from '../../words/say.ts'
import { tendingWords } from '../../words/tending.ts'
import { peopleIn, ReadSoFar } from '../tending/ReadSoFar.tsx'
import styles from './Connections.module.css'

const words = connectionsWords.first

export function FirstSync({
  progress,
  connection,
  onPause
}: {
  progress: Told | null
  connection: string
  onPause: () => void
}) {
  const mine = progress?.projects.filter((one) => one.connection === connection) ?? []
  if (!progress || !mine.some(({ state }) => state === 'reading' || state === 'waiting')) return null
  const cards = mine.reduce((sum, one) => sum + one.cards, 0)
  const known = mine.every(({ expected, state }) => expected !== null || state === 'done')
  const expected = known ? mine.reduce((sum, one) => sum + Math.max(one.cards, one.expected ?? 0), 0) : null
  const findings = mine.reduce((sum, one) => sum + one.findings, 0)
  const share = expected ? cards / expected : mine.filter(({ state }) => state === 'done').length / mine.length
  const figures: [string, string][] = [words.cards(cards, expected)]
  if (progress.perSecond) figures.push([number(progress.perSecond), words.speed])
  if (expected !== null && progress.perSecond && expected > cards)
    figures.push(words.left(Math.ceil((expected - cards) / progress.perSecond)))
  const [since] = mine.flatMap((one) => one.since ?? []).toSorted()
  const [found, what] = words.findings(findings)
  return (
    <div className={styles.first}>
      <Sheet
        title={words.title}
        aside={
          since && (
            <>
              {words.started} <When at={since} />
            </>
          )
        }
        actions={
          <Button size="xs" leftSection={<IconPlayerPause />} onClick={onPause}>
            {connectionsWords.pause}
          </Button>
        }
      >
        <div className={styles.figures}>
          {figures.map(([value, unit]) => (
            <span key={unit}>
              <strong>{value}</strong> {unit}
            </span>
          ))}
          <Link to="/findings">
            <strong>{found}</strong> {what}
          </Link>
        </div>
        <Progress value={share} label={tendingWords.progress.spoken(percent(share))} />
        <ReadSoFar
          boards={mine}
          people={peopleIn(progress, new Set(mine.map(({ tool }) => tool)))}
          cards={words.cards(cards, expected).join(' ')}
        />
        <p className={styles.info}>
          <IconInfoCircle aria-hidden />
          {words.off}
        </p>
      </Sheet>
    </div>
  )
}
