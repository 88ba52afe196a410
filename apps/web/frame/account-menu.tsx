import { BookOpen, Languages, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { send } from '../api/client.ts';
import { languages, useLanguage, type Language } from '../language/languages.ts';
import { useWords } from '../language/words.ts';
import { useMe } from './company.ts';
import { themes, useTheme, type Theme } from './theme.ts';
import { frameWords } from './words.ts';

const icons = { system: Monitor, light: Sun, dark: Moon } as const;

const signOut = async (): Promise<void> => {
  await send(['POST', '/sign-out'], {});
  location.assign('/');
};

/** Who is signed in, in which language and in which light. */
export function AccountMenu() {
  const t = useWords(frameWords);
  const me = useMe();
  const name = me?.user ?? '';
  return (
    <MenuTrigger>
      <Button className="avatar" aria-label={`${t('account')}: ${name}`}>
        {name.slice(0, 1).toUpperCase()}
      </Button>
      <Popover placement="bottom end" className="popover">
        <Menu className="menu" aria-label={t('account')}>
          <MenuSection className="menu-section">
            <Header className="menu-who">
              <strong>{name}</strong>
              {me && <span>{t(`role_${me.role}`)}</span>}
            </Header>
          </MenuSection>
          <LanguageChoice />
          <ThemeChoice />
          <Separator className="menu-line" />
          <MenuItem className="menu-item" href="/api/docs" target="_blank">
            <BookOpen aria-hidden size={16} /> {t('apiDocs')}
          </MenuItem>
          <MenuItem className="menu-item" onAction={() => void signOut()}>
            <LogOut aria-hidden size={16} /> {t('signOut')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function LanguageChoice() {
  const t = useWords(frameWords);
  const { language, choose } = useLanguage();
  return (
    <MenuSection
      className="menu-section"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[language]}
      onSelectionChange={(keys) => choose([...keys][0] as Language)}
    >
      <Header className="menu-heading">{t('language')}</Header>
      {Object.entries(languages).map(([id, name]) => (
        <MenuItem key={id} id={id} className="menu-item" textValue={name}>
          <Languages aria-hidden size={16} /> {name}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

function ThemeChoice() {
  const t = useWords(frameWords);
  const { theme, choose } = useTheme();
  return (
    <MenuSection
      className="menu-section"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={(keys) => choose([...keys][0] as Theme)}
    >
      <Header className="menu-heading">{t('theme')}</Header>
      {themes.map((id) => {
        const Icon = icons[id];
        return (
          <MenuItem key={id} id={id} className="menu-item" textValue={t(id)}>
            <Icon aria-hidden size={16} /> {t(id)}
          </MenuItem>
        );
      })}
    </MenuSection>
  );
}
