import { CircleAlert } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Form } from 'react-aria-components/Form';
import { ApiProblem } from '../../api/problem.ts';
import { useProblemText } from '../../language/problem-words.ts';
import { useWords } from '../../language/words.ts';
import { faultsByField } from './faults.ts';
import { formWords } from './form-words.ts';
import './form.css';

/** What was filled in, by the names of the fields; what was left empty is absent. */
export type Filled = Readonly<Partial<Record<string, string>>>;

interface CommandFormProps {
  /** What the button says. */
  readonly submit: string;
  /** Rejects with the product's problem, which is then told in the form. */
  readonly onSubmit: (filled: Filled) => Promise<unknown>;
  readonly onCancel?: (() => void) | undefined;
  readonly children: ReactNode;
  readonly isDangerous?: boolean;
  /** What may help when it was refused. */
  readonly help?: ((error: unknown) => ReactNode) | undefined;
}

const filledIn = (form: HTMLFormElement): Filled =>
  Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [],
    ),
  );
const namesIn = (form: HTMLFormElement): string[] => [...new FormData(form).keys()];

/** A form that tells the product to do something, and tells beside its fields what the product did not like. */
export function CommandForm({ submit, onSubmit, onCancel, children, isDangerous, help }: CommandFormProps) {
  const t = useWords(formWords);
  const say = useProblemText();
  const [refusal, setRefusal] = useState<{ error: unknown; fields: Readonly<Record<string, string>> }>();
  const [isSending, setSending] = useState(false);
  const tell = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setSending(true);
    void onSubmit(filledIn(form))
      .catch((error: unknown) => {
        const faults = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
        const told = Object.entries(faultsByField(faults, namesIn(form)));
        setRefusal({
          error,
          fields: Object.fromEntries(told.map(([name, expected]) => [name, t('expected', { expected })])),
        });
      })
      .finally(() => setSending(false));
  };
  return (
    <Form className="form" onSubmit={tell} validationErrors={refusal?.fields ?? {}}>
      {refusal && (
        <div className="form-refusal" role="alert">
          <CircleAlert aria-hidden size={16} />
          <div>
            <p>{say(refusal.error)}</p>
            {help?.(refusal.error)}
          </div>
        </div>
      )}
      {children}
      <div className="form-actions">
        {onCancel && (
          <Button className="button" onPress={onCancel}>
            {t('cancel')}
          </Button>
        )}
        <Button
          type="submit"
          isDisabled={isSending}
          className={`button ${isDangerous ? 'button-danger' : 'button-primary'}`}
        >
          {submit}
        </Button>
      </div>
    </Form>
  );
}
