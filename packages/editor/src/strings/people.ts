/** Names for those who have given none: a list of client ids tells nobody apart. */
const guests = [
  "Heron",
  "Swift",
  "Wren",
  "Finch",
  "Plover",
  "Kestrel",
  "Robin",
  "Lark",
  "Dipper",
  "Avocet",
  "Martin",
  "Osprey",
  "Siskin",
  "Teal",
  "Curlew",
  "Jay",
] as const;

/** The name of a client: always the same for the same one. */
export function guestName(client: string): string {
  let sum = 0;
  for (const letter of client) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return guests[sum % guests.length] ?? guests[0];
}
