import type { ReactElement } from 'react';
import { type Theme, useTheme } from '../state/use-theme.ts';
import { Icon, type IconName } from '../ui/icon.tsx';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const ICONS: Readonly<Record<Theme, IconName>> = { system: 'system', light: 'sun', dark: 'moon' };
const NAMES: Readonly<Record<Theme, string>> = { system: 'same as the system', light: 'light', dark: 'dark' };

/** Shows a button that cycles through the color schemes `system`, `light` and `dark`. */
export function ThemeButton(): ReactElement {
  const [theme, setTheme] = useTheme();
  const label = `Colors: ${NAMES[theme]}. Change to ${NAMES[NEXT[theme]]}`;
  return (
    <button
      type="button"
      className="button-quiet"
      data-theme-now={theme}
      onClick={() => setTheme(NEXT[theme])}
      aria-label={label}
      title={label}
    >
      <Icon name={ICONS[theme]} />
    </button>
  );
}
