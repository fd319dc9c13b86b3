/** The sign of the application: a lens and the ray through it. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path
        d="M16 3c6 3.800 8.600 8.200 8.600 13S22 25.200 16 29c-6-3.800-8.600-8.200-8.600-13S10 6.800 16 3z"
        stroke="currentColor"
        strokeWidth="2.400"
      />
      <path
        d="M1 16h6m18 0h6"
        stroke="var(--accent-line)"
        strokeWidth="2.600"
        strokeLinecap="round"
      />
      <circle cx="16" cy="16" r="3.200" fill="var(--accent-line)" />
    </svg>
  );
}
