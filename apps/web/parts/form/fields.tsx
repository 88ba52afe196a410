import { ChevronDown, Clock } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { useCompany } from '../../frame/company.ts';
import { useWords } from '../../language/words.ts';
import type { Option } from '../choice.tsx';
import { localTime } from './local-time.ts';
import { formWords } from './form-words.ts';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly isRequired?: boolean;
  readonly hint?: string;
  readonly autoFocus?: boolean;
}
interface LineProps extends FieldProps {
  readonly value?: string | undefined;
  readonly type?: 'text' | 'date' | 'datetime-local' | 'number';
  readonly unit?: string;
  readonly max?: string;
  readonly min?: string;
  readonly step?: string;
  readonly inputMode?: 'decimal' | 'text';
}

/** One line: words, a figure, a day, a time. */
export function Line({ name, label, isRequired = false, hint, autoFocus = false, value, unit, ...input }: LineProps) {
  const t = useWords(formWords);
  return (
    <TextField
      className="field"
      name={name}
      isRequired={isRequired}
      autoFocus={autoFocus}
      {...(value !== undefined && { defaultValue: value })}
    >
      <Label className="field-label">
        {label}
        {!isRequired && <span className="field-optional"> · {t('optional')}</span>}
      </Label>
      <span className="field-with-unit">
        <Input className="field-input" {...input} />
        {unit && <span className="field-unit">{unit}</span>}
      </span>
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error" />
    </TextField>
  );
}

/** Several lines of words. */
export function Words({ name, label, isRequired = false, hint, autoFocus = false }: FieldProps) {
  const t = useWords(formWords);
  return (
    <TextField className="field" name={name} isRequired={isRequired} autoFocus={autoFocus}>
      <Label className="field-label">
        {label}
        {!isRequired && <span className="field-optional"> · {t('optional')}</span>}
      </Label>
      <TextArea className="field-input" rows={3} />
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error" />
    </TextField>
  );
}

interface OneOfProps extends Omit<FieldProps, 'autoFocus'> {
  readonly options: readonly Option<string>[];
  readonly value: string;
  readonly onChoose?: (id: string) => void;
}

/** One of many. */
export function OneOf({ name, label, options, value, onChoose }: OneOfProps) {
  return (
    <Select className="field" name={name} defaultValue={value} onChange={(id) => onChoose?.(String(id))}>
      <Label className="field-label">{label}</Label>
      <Button className="select-button field-select">
        <SelectValue className="select-value">{({ selectedText }) => selectedText}</SelectValue>
        <ChevronDown aria-hidden size={14} />
      </Button>
      <Popover className="popover">
        <ListBox className="menu" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} className="menu-item" textValue={option.name}>
              {option.name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
      <FieldError className="field-error" />
    </Select>
  );
}

/** When it happened, where that was not just now: late entry is no exception. */
export function Happened() {
  const t = useWords(formWords);
  const { timeZone } = useCompany();
  const [isEarlier, setEarlier] = useState(false);
  if (!isEarlier) {
    return (
      <Button className="button button-quiet button-small form-earlier" onPress={() => setEarlier(true)}>
        <Clock aria-hidden size={14} /> {t('earlier')}
      </Button>
    );
  }
  const now = localTime(Date.now(), timeZone);
  return (
    <Line
      name="occurredAt"
      type="datetime-local"
      label={t('happened')}
      hint={t('happenedHint')}
      value={now}
      max={now}
      isRequired
      autoFocus
    />
  );
}
