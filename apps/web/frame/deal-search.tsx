import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Input, SearchField } from 'react-aria-components/SearchField';
import type { ItemOf } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useFormats } from '../language/use-formats.ts';
import { useWords } from '../language/words.ts';
import { useSettled } from '../parts/use-settled.ts';
import { frameWords } from './words.ts';

const isMac = /mac/i.test(navigator.platform);

/** Ctrl-K or ⌘K, from anywhere; `/` where nothing is being typed. */
const opens = (event: KeyboardEvent): boolean => {
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) return true;
  const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, [contenteditable]');
  return event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
};

const useShortcut = (open: () => void) =>
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!opens(event)) return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [open]);

/** Finds a deal by its words and goes there. */
export function DealSearch() {
  const t = useWords(frameWords);
  const [isOpen, setOpen] = useState(false);
  useShortcut(() => setOpen(true));
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className="search-button" aria-label={t('search')}>
        <Search aria-hidden size={16} />
        <span>{t('search')}</span>
        <kbd aria-hidden>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </Button>
      <ModalOverlay className="overlay overlay-top" isDismissable>
        <Modal className="search-modal">
          <Dialog className="search-dialog" aria-label={t('search')}>
            <Found onChosen={() => setOpen(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function Found({ onChosen }: { onChosen: () => void }) {
  const t = useWords(frameWords);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const words = useSettled(typed.trim(), 120);
  const found = useRead('/api/deals', { query: { q: words, limit: 12 } }, { enabled: words !== '' });
  const items = words === '' ? [] : (found.data?.items ?? []);
  const open = (id: string) => {
    onChosen();
    void navigate({ href: `/deals/${encodeURIComponent(id)}${location.search}` });
  };
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField className="search-field" aria-label={t('search')} autoFocus>
        <Search aria-hidden size={18} />
        <Input placeholder={t('searchHint')} />
      </SearchField>
      <Menu
        className="menu search-results"
        aria-label={t('search')}
        items={items}
        onAction={(id) => open(String(id))}
        renderEmptyState={() => (
          <p className="search-empty">{words === '' || found.isFetching ? t('searchStart') : t('searchNothing')}</p>
        )}
      >
        {(deal) => <FoundDeal deal={deal} />}
      </Menu>
    </Autocomplete>
  );
}

function FoundDeal({ deal }: { deal: ItemOf<'/api/deals'> }) {
  const t = useWords(frameWords);
  const formats = useFormats();
  return (
    <MenuItem id={deal.id} className="menu-item search-item" textValue={deal.title}>
      <span className="search-title">{deal.title}</span>
      <span className={`tag tag-${deal.status}`}>{t(`status_${deal.status}`)}</span>
      <span className="search-amount">{formats.shortMoney(deal.amount)}</span>
    </MenuItem>
  );
}
