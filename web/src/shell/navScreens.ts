import { useMe } from '../api/me.ts'
import { type Screen, screens, sees } from '../routes.tsx'

export type NavScreen = Screen & { nav: NonNullable<Screen['nav']> }

/** What the one who is signed in sees in the navigation, in its order. */
export function useNavScreens(): NavScreen[] {
  const me = useMe()
  return screens.filter((screen): screen is NavScreen => screen.nav !== undefined && sees(screen, me))
}
