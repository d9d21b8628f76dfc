/** Chooses an IANA time zone by typing a part of it. */
import { Select } from '@mantine/core'

/** An address or the database may name a zone this browser has no entry for: it stays among the choices. */
export function ZoneSelect({
  label,
  description,
  placeholder,
  value,
  onChange,
  clearable = false
}: {
  label: string
  description?: string
  placeholder?: string
  value: string | null
  onChange: (zone: string | null) => void
  clearable?: boolean
}) {
  const data = value === null || ZONES.includes(value) ? ZONES : [value, ...ZONES]
  return (
    <Select
      label={label}
      description={description}
      placeholder={placeholder}
      data={data}
      value={value}
      onChange={onChange}
      clearable={clearable}
      searchable
      limit={60}
      allowDeselect={false}
      maxDropdownHeight={240}
    />
  )
}

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
