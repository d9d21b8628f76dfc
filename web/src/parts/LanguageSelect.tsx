/** Chooses one of the languages Throughline writes in. */
import { Select } from '@mantine/core'
import { languageName } from '../words/week.ts'

export const LanguageSelect = ({
  label,
  description,
  value,
  onChange
}: {
  label: string
  description?: string
  value: string
  onChange: (language: string) => void
}) => (
  <Select
    label={label}
    description={description}
    data={LANGUAGES.map((tag) => ({ value: tag, label: languageName(tag) }))}
    value={value}
    onChange={(tag) => tag && onChange(tag)}
    allowDeselect={false}
  />
)

/** Those the hub has words in. */
const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt']
