/** The bar of a sync that runs: count, speed, time left, and what else it has brought. */
import type { Progress as Told } from '../../api/progress.ts'
import { Progress } from '../../parts/Charts.tsx'
import { percent } from '../../words/say.ts'
import { tendingWords } from '../../words/tending.ts'
import { peopleIn, ReadSoFar } from './ReadSoFar.tsx'
import styles from './tending.module.css'

const words = tendingWords.progress

export function Reading({ progress }: { progress: Told }) {
  const { cards, expected, perSecond, secondsLeft, projects } = progress
  const share = expected ? cards / expected : partOf(projects)
  return (
    <section className={styles.reading} aria-label={words.title(projects.length)}>
      <div className={styles.row}>
        <h2>{progress.state === 'idle' ? words.done : words.title(projects.length)}</h2>
        <span className={styles.end}>{secondsLeft !== null && secondsLeft > 0 && words.left(secondsLeft)}</span>
      </div>
      <Progress value={share} label={words.spoken(percent(share))} />
      <p className={styles.quiet}>
        {[words.cards(cards, expected), perSecond !== null && perSecond > 0 ? words.speed(perSecond) : '']
          .filter(Boolean)
          .join(', ')}
      </p>
      <ReadSoFar boards={projects} people={peopleIn(progress, new Set(projects.map(({ tool }) => tool)))} />
    </section>
  )
}

/** Where no tool tells how much there is: boards done of all. */
const partOf = (projects: Told['projects']): number =>
  projects.length === 0 ? 1 : projects.filter(({ state }) => state === 'done').length / projects.length
