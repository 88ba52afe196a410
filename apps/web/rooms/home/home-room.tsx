import { useState } from 'react';
import { useCompany } from '../../frame/company.ts';
import { Day } from './day.tsx';
import { FirstStart } from './first-start.tsx';
import './home.css';
import { Tour } from './tour.tsx';
import { useSeeding } from './use-seeding.ts';

/** What one sees first: the day's work; in an empty company how to begin. */
export default function HomeRoom() {
  const { firstAt } = useCompany();
  const [isTouring, setTouring] = useState(false);
  const seeding = useSeeding(() => setTouring(true));
  // Half a demonstration is nothing to look at.
  if (firstAt === null || seeding.isBusy) return <FirstStart seeding={seeding} />;
  return (
    <>
      <Day onTour={() => setTouring(true)} />
      {isTouring && <Tour onEnd={() => setTouring(false)} />}
    </>
  );
}
