"""What each label of the transcribed report means: an indicator identifier and our own words."""

from __future__ import annotations

OUTCOME_LABELS = {
    "1 charged/summonsed": ("charged-summonsed", "charged or summonsed"),
    "4 taken into consideration": ("taken-into-consideration", "taken into consideration"),
    "out-of-court (formal)": ("out-of-court-formal", "out of court (formal)"),
    "2 caution - youths": ("caution-youths", "caution (youths)"),
    "3 caution - adults": ("caution-adults", "caution (adults)"),
    "6 penalty notices for disorder": ("penalty-notices", "penalty notices for disorder"),
    "out-of-court (informal)": ("out-of-court-informal", "out of court (informal)"),
    "7 cannabis/khat warning": ("cannabis-khat-warning", "cannabis or khat warning"),
    "8 community resolution": ("community-resolution", "community resolution"),
    "* prosecution prevented or not in the public interest": (
        "prosecution-prevented",
        "prosecution prevented or not in the public interest",
    ),
    "15 evidential difficulties: suspect identified, victim supports": (
        "evidential-victim-supports",
        "evidential difficulties, victim supports action",
    ),
    "evidential difficulties: victim does not support": (
        "evidential-victim-does-not-support",
        "evidential difficulties, victim does not support action",
    ),
    "16 victim does not support: suspect identified": (
        "evidential-victim-does-not-support-suspect-identified",
        "victim does not support action, suspect identified",
    ),
    "14 victim does not support: suspect not identified": (
        "evidential-victim-does-not-support-suspect-not-identified",
        "victim does not support action, suspect not identified",
    ),
    "18 investigation complete - no suspect identified": (
        "no-suspect-identified",
        "investigation complete, no suspect identified",
    ),
    "20 action undertaken by another body/agency": ("other-agency", "action by another body"),
    "21 further investigation not in the public interest": (
        "not-in-public-interest",
        "further investigation not in the public interest",
    ),
    "total offences assigned an outcome": ("total-assigned", "all offences given an outcome"),
    "not yet assigned an outcome": ("not-yet-assigned", "not yet given an outcome"),
}
DOMESTIC_ABUSE_LABELS = {
    "charged/summonsed": ("charged-summonsed", "charged or summonsed"),
    "caution - adults": ("caution-adults", "caution (adults)"),
    "caution - youths": ("caution-youths", "caution (youths)"),
    "community resolution": ("community-resolution", "community resolution"),
    "evidential difficulties; victim supports": (
        "evidential-victim-supports",
        "evidential difficulties, victim supports action",
    ),
    "evidential difficulties; victim does not support": (
        "evidential-victim-does-not-support",
        "evidential difficulties, victim does not support action",
    ),
}
PLAIN_LABELS = {
    "recorded crime, 5-year change": ("recorded-crime", "change in recorded crime, five years"),
    "victim-based crime, 5-year change": (
        "victim-based-crime",
        "change in victim-based crime, five years",
    ),
    "recorded crime, 1-year change": ("recorded-crime", "change in recorded crime, one year"),
    "forces with an annual increase in recorded crime": (
        "forces-with-increase",
        "forces whose recorded crime rose in a year",
    ),
    "recorded crime (excluding fraud) rate": ("recorded-crime", "recorded crime without fraud"),
    "victim-based crime rate": ("victim-based-crime", "victim-based crime"),
    "sexual offences rate": ("sexual-offences", "sexual offences"),
    "assault with injury rate": ("assault-with-injury", "assault with injury"),
    "burglary in a dwelling rate": ("domestic-burglary", "domestic burglary"),
    "anti-social behaviour incidents rate": ("asb-incidents", "anti-social behaviour incidents"),
    "anti-social behaviour, 1-year change in rate": (
        "asb-incidents",
        "change in the rate of anti-social behaviour, one year",
    ),
    "anti-social behaviour, 1-year change in preceding year": (
        "asb-incidents",
        "change in the rate of anti-social behaviour, the year before",
    ),
    "evidential difficulties; victim does not support (share)": (
        "outcome-evidential-victim-does-not-support",
        "outcome: evidential difficulties, victim does not support action",
    ),
    "victim satisfaction, whole experience": (
        "victim-satisfaction",
        "victims satisfied with the whole experience",
    ),
    "incidents resolved by telephone": ("telephone-resolution", "incidents settled by telephone"),
    "crime file review: files reviewed": ("crime-files-reviewed", "crime files reviewed"),
    "crime file review: original calls heard": ("calls-heard", "original calls listened to"),
    "integrated offender management cohort": (
        "iom-cohort",
        "people under integrated offender management",
    ),
    "integrated offender management: catch and convict": (
        "iom-catch-and-convict",
        "people in the 'catch and convict' part of integrated offender management",
    ),
    "integrated offender management: managed by neighbourhood staff": (
        "iom-neighbourhood-managed",
        "people managed by neighbourhood staff in integrated offender management",
    ),
    "integrated offender management team": (
        "iom-team",
        "staff of the integrated offender management team",
    ),
    "engAge non-offending rate": (
        "engage-non-offending",
        "young people who have not offended after the engAge scheme",
    ),
    "sexual harm prevention orders issued": (
        "sexual-harm-prevention-orders",
        "sexual harm prevention orders issued",
    ),
    "sexual harm prevention orders breached": (
        "sexual-harm-prevention-orders-breached",
        "sexual harm prevention orders breached",
    ),
    "recorded crime with a vulnerable victim identified": (
        "vulnerable-victim-crime",
        "recorded crime with a vulnerable victim",
    ),
    "incidents flagged with mental health implications": (
        "mental-health-incidents",
        "incidents with a mental health flag",
    ),
    "domestic abuse share of recorded crime": (
        "domestic-abuse-share",
        "share of recorded crime that is domestic abuse",
    ),
    "domestic abuse crime, change": ("domestic-abuse-crime", "change in domestic abuse crime"),
    "domestic abuse arrest rate": ("domestic-abuse-arrest-rate", "domestic abuse arrest rate"),
    "domestic abuse charge rate": ("domestic-abuse-charge-rate", "domestic abuse charge rate"),
    "DVPNs authorised": ("dvpn-authorised", "domestic violence protection notices authorised"),
    "DVPOs applied for": ("dvpo-applied", "domestic violence protection orders applied for"),
    "DVPOs granted": ("dvpo-granted", "domestic violence protection orders granted"),
    "DVPOs breached": ("dvpo-breached", "domestic violence protection orders breached"),
    "domestic violence disclosure scheme: right to ask": (
        "disclosure-right-to-ask",
        "domestic violence disclosures, right to ask",
    ),
    "domestic violence disclosure scheme: right to know": (
        "disclosure-right-to-know",
        "domestic violence disclosures, right to know",
    ),
    "MARAC referrals, all agencies": (
        "marac-referrals",
        "cases referred to multi-agency risk assessment conferences by all agencies",
    ),
    "MARAC referrals by the force": (
        "marac-referrals-by-force",
        "cases referred to multi-agency risk assessment conferences by the force",
    ),
    "MARAC cases per 10,000 adult females": (
        "marac-cases",
        "cases at multi-agency risk assessment conferences",
    ),
    "MARAC police referrals per partner referral": (
        "marac-police-referrals-per-partner",
        "police referrals to the conferences for each referral by a partner",
    ),
    "organised crime groups rate": ("organised-crime-groups", "organised crime groups"),
    "serious crime prevention orders in effect for OCG offenders": (
        "scpo-in-effect",
        "serious crime prevention orders on members of organised crime groups",
    ),
    "criminal behaviour orders in effect for OCG offenders": (
        "cbo-in-effect",
        "criminal behaviour orders on members of organised crime groups",
    ),
    "financial reporting orders in effect for OCG offenders": (
        "fro-in-effect",
        "financial reporting orders on members of organised crime groups",
    ),
    "public very or fairly satisfied with local policing": (
        "public-satisfaction",
        "members of the public satisfied with local policing",
    ),
    "MTFA uplift funding, national": (
        "firearms-uplift-funding",
        "national funding for more armed police capability",
    ),
}

LABELS: dict[str, tuple[str, str]] = (
    PLAIN_LABELS
    | {
        f"outcome share: {label}": (f"outcome-{indicator}", f"outcome: {words}")
        for label, (indicator, words) in OUTCOME_LABELS.items()
    }
    | {
        f"domestic abuse outcome rate: {label}": (
            f"domestic-abuse-outcome-{indicator}",
            f"domestic abuse outcome: {words}",
        )
        for label, (indicator, words) in DOMESTIC_ABUSE_LABELS.items()
    }
)
