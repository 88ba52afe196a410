/** The same for the same key: what takes long to make, as formats of dates do, is made once. */
export const remembered = <Made>(make: (key: string) => Made): ((key: string) => Made) => {
  const known = new Map<string, Made>();
  return (key) => {
    const made = known.get(key) ?? make(key);
    known.set(key, made);
    return made;
  };
};
