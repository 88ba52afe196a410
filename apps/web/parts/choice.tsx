import { Check, ChevronDown } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';

export interface Option<Id extends string> {
  readonly id: Id;
  readonly name: string;
}
interface ChoiceProps<Id extends string> {
  /** What is chosen here, also for those who hear the page. */
  readonly label: string;
  readonly options: readonly Option<Id>[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
}

/** One of many, from a list that opens. */
export function Choice<Id extends string>({ label, options, chosen, onChoose }: ChoiceProps<Id>) {
  return (
    <Select aria-label={label} value={chosen} onChange={(id) => onChoose(id as Id)}>
      <Button className="select-button">
        <span className="select-label" aria-hidden>
          {label}
        </span>
        <SelectValue className="select-value">{({ selectedText }) => selectedText}</SelectValue>
        <ChevronDown aria-hidden size={14} />
      </Button>
      <Popover className="popover">
        <ListBox className="menu" items={options}>
          {({ id, name }) => (
            <ListBoxItem id={id} className="menu-item" textValue={name}>
              {({ isSelected }) => (
                <>
                  <span className="menu-item-name">{name}</span>
                  {isSelected && <Check aria-hidden size={15} />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

/** One of few, side by side. */
export function Segmented<Id extends string>({ label, options, chosen, onChoose }: ChoiceProps<Id>) {
  return (
    <ToggleButtonGroup
      className="segmented"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => onChoose([...keys][0] as Id)}
    >
      {options.map(({ id, name }) => (
        <ToggleButton key={id} id={id} className="segmented-choice">
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
