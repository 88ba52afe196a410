import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { frameWords } from '../frame/words.ts';
import { useWords } from '../language/words.ts';

interface SheetProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `side` for what is looked into, `middle` for what is asked. */
  readonly place?: 'side' | 'middle';
  /** For tables with many columns. */
  readonly isWide?: boolean;
}

/** Lies over the room until it is closed; focus stays inside and goes back to where it was. */
export function Sheet({ title, isOpen, onClose, children, place = 'side', isWide = false }: SheetProps) {
  const t = useWords(frameWords);
  return (
    <ModalOverlay
      className={place === 'side' ? 'overlay overlay-side' : 'overlay'}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={place === 'side' ? 'sheet' : 'dialog'} data-wide={isWide || undefined}>
        <Dialog className="dialog-body">
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button className="button button-quiet button-small button-icon" aria-label={t('close')} onPress={onClose}>
              <X aria-hidden size={16} />
            </Button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
