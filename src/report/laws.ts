/** A rule that may matter to a candidate, as far as its source goes. */
export interface Law {
  place: string;
  says: string;
  /** Who says so, and when. */
  source: string;
}

const COLLECTED = 'looked up in November 2026';

export const LAWS = {
  recording: {
    place: 'United States',
    says: 'federal law and most states ask for the consent of one person in a call. California, Florida, Illinois, Maryland, Massachusetts, Montana, Nevada, New Hampshire, Pennsylvania and Washington ask for everyone’s; Delaware is disputed, and Connecticut, Michigan and Oregon are mixed. Which state’s rule holds for a call across states is unclear; the stricter one is the safe one. It binds your own recording as much as theirs',
    source: 'freedomrankings.com, June 2026, and metaverse.law, 2022-10-11, both secondary',
  },
  'illinois-video': {
    place: 'Illinois, AI Video Interview Act (820 ILCS 42)',
    says: 'before AI analyses a recorded video interview, notice, explanation and consent; no sharing beyond those who evaluate; deletion within 30 days of a request',
    source: `ilga.gov and law.justia.com, and airi-navigator.com, which is secondary, ${COLLECTED}`,
  },
  'illinois-biometrics': {
    place: 'Illinois, BIPA (740 ILCS 14)',
    says: 'voiceprints and face geometry need written notice and a written release, and are destroyed when the purpose is met or within 3 years. A mere recording need not be a voiceprint',
    source: `ilga.gov, ${COLLECTED}`,
  },
  maryland: {
    place: 'Maryland, Lab. & Empl. §3-717',
    says: 'no face template in an interview without a signed plain waiver',
    source: `lexace.ai, secondary, ${COLLECTED}`,
  },
  'new-york': {
    place: 'New York City, Local Law 144',
    says: 'a bias audit within a year, and notice at least 10 business days before an automated tool is used',
    source: `the city’s FAQ as told by dataprivacy.foxrothschild.com, secondary, ${COLLECTED}`,
  },
  california: {
    place: 'California, CCPA',
    says: 'since 2023-01-01 applicants may know, correct and delete what is kept of them, and opt out of its sale or sharing; answer within 45 days, extendable to 90; only businesses above the Act’s thresholds',
    source: `bairdholm.com and content.seyfarth.com, both secondary, ${COLLECTED}`,
  },
  gdpr: {
    place: 'European Union, GDPR',
    says: 'article 15 access and copy, article 17 erasure, article 22 no solely automated decision with legal or similar effect; answer within one month, two more if complex',
    source: `gdprhub and odo24.pl, secondary, ${COLLECTED}`,
  },
  'eu-ai-act': {
    place: 'European Union, AI Act, article 5(1)(f)',
    says: 'since 2025-02-02 no AI that infers emotions from biometric data at work, which is read to cover job interviews',
    source: `fpf.org and lewissilkin.com, secondary, ${COLLECTED}`,
  },
} satisfies Record<string, Law>;

export type LawName = keyof typeof LAWS;

/** Said before any law. */
export const NO_LEGAL_ADVICE = 'No legal advice: these are rules that may matter where you live or where they are.';

/** A law with its place, its source, and the warning that belongs to it. */
export function describeLaw(name: LawName): string {
  const { place, says, source }: Law = LAWS[name];
  return `${place}: ${says} (${source}). Check before you rely on it.`;
}
