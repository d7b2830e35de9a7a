package sensitivity_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// What each way to write a stress puts on the case, by hand: referrals down 25% are
// × 0.75, 8 weeks are 56 days, a year is 12 months, and £4,400 a week is 1.1 times the
// £4,000 of the file.
func TestStressesAsTheyAreWritten(t *testing.T) {
	d := open(t, "dn2")
	const children = "{cohorts.*.referrals.children*=0.75}"
	wanted := map[string][2]string{ // name, on top
		"referrals down 25%":               {"referrals down 25%", children},
		"25% fewer referrals":              {"25% fewer referrals", children},
		"referrals × 0.75":                 {"referrals × 0.75", children},
		"few = referrals times 0.75":       {"few", children},
		"tariffs cut by 12%":               {"tariffs cut by 12%", "{metrics.*.tariff*=0.88}"},
		"delivery cost 15% higher":         {"delivery cost 15% higher", "{delivery.scale*=1.15}"},
		"claims paid 8 weeks later":        {"claims paid 8 weeks later", "{delivery.claims paid after+=56 days}"},
		"preparation takes 5 weeks longer": {"preparation takes 5 weeks longer", "{cohorts.*.lag+=5 weeks}"},
		"price of residential care £4,400 a week": {
			"price of residential care £4,400 a week",
			"{unit costs.residential*=1.1}",
		},
		"price of residential care up 10%": {"price of residential care up 10%", "{unit costs.residential*=1.1}"},
		"growth of delivery cost 2.5% a year + referrals down 20%": {
			"growth of delivery cost 2.5% a year + referrals down 20%",
			"{delivery.uplift+=2.5%} + referrals down 20%",
		},
		"both=tariffs cut by 10% + {facility.reserve=1}": {"both", "tariffs cut by 10% + {facility.reserve=1}"},
		"tariffs cut by 10%":                             {"tariffs cut by 10%", ""}, // a stress of that name
	}
	texts := slices.Sorted(maps.Keys(wanted))
	s, err := sensitivity.Stress(context.Background(), few(0).version(t, d), texts, few(2).runs())
	require.NoError(t, err)
	for i, text := range texts {
		assert.Equal(t, wanted[text], [2]string{s.Stressed[i].Name, s.Stressed[i].OnTop}, text)
	}
}

// A start that is six months late: what moves, what does not, and that the note says
// both. A start that is late by weeks moves the same.
func TestLateStart(t *testing.T) {
	d := open(t, "dn2")
	o := few(2)
	text := map[string]int{"start 6 months late": 0, "start delayed 26 weeks": 26 * 7}
	for stress, days := range text {
		v := o.version(t, d)
		s, err := sensitivity.Stress(context.Background(), v, []string{stress}, o.runs())
		require.NoError(t, err)
		late, err := v.With(s.Stressed[0].OnTop)
		require.NoError(t, err)
		was, is := v.Programme, late.Programme
		moved := func(day calendar.Date) calendar.Date {
			if days > 0 {
				return day.AddDays(days)
			}
			return calendar.NewDate(day.Year(), day.Month()+6, day.Day())
		}
		assert.Equal(t, was.Start, is.Start)
		assert.Equal(t, moved(was.Facility.RepayFrom), is.Facility.RepayFrom)
		assert.Equal(t, was.Delivery.FixedPerQuarter[0], is.Delivery.FixedPerQuarter[0])
		assert.Equal(t, moved(was.Delivery.FixedPerQuarter[1].From), is.Delivery.FixedPerQuarter[1].From)
		weeks := 26
		if days == 0 {
			weeks = 25 // from 30 September to 30 March are 181 days
		}
		assert.Equal(t, weeks, is.Weeks-was.Weeks)
		assert.Equal(t, 26, is.Cohorts[0].Referrals.First-was.Cohorts[0].Referrals.First)
		for i, payer := range was.Contract.Payers {
			assert.Equal(t, payer.Shares, is.Contract.Payers[i].Shares)
		}
	}

	// The template has tranches from 1 October 2025, before its first day, and 1 April 2027.
	file := changed(t)
	one := driver(t, file, "start delayed")
	late, err := few(0).version(t, file).With("", one.Edits(6)...)
	require.NoError(t, err)
	c := late.Programme.Facility
	assert.Equal(t, []string{"2025-10-01", "2027-10-01", "2029-09-30", "2028-10-01"},
		[]string{c.Tranches[0].On.String(), c.Tranches[1].On.String(), c.DrawsUntil.String(), c.RepayFrom.String()})
	assert.Contains(t, one.Note, "the dates of tranches")
	assert.Contains(t, one.Note, "not moved are the programme's first day (the team is paid from then on)")
	assert.Contains(t, one.Note, "the first tranche")
	assert.NotContains(t, one.Note, "delivery fee")
	const fee = "delivery fee: {per month: 2500, from: 2026-04-01, to: 2029-03-31, contract cap: counts}"
	assert.Contains(t, driver(t, changed(t, "# "+fee, fee), "start delayed").Note, "the days from and to which the delivery fee is paid, the years of caps")
}

// A late start that leaves a measuring date says how many children it comes too early for,
// and what goes by the rate; the file as it stands says nothing.
func TestLateStartAndAMeasuringDate(t *testing.T) {
	v := few(0).version(t, open(t, "newpin"))
	s, err := sensitivity.Stress(context.Background(), v, []string{"start 6 months late", "referrals down 10%"}, few(2).runs())
	require.NoError(t, err)
	assert.Contains(t, s.Stressed[0].Note, "not moved are the programme's first day (the team is paid from then on), the days on which metrics are measured, the last day of the least interest")
	assert.Contains(t, s.Stressed[0].Note, `"restored in June 2020" looks at its cohort on 30 June 2020, and 64.1 of 642.0 children are referred too late`)
	assert.Contains(t, s.Stressed[0].Note, "the interest on A$7,000,000 goes by that rate")
	assert.NotContains(t, s.Stressed[1].Note, "too late")
}

// A price may have the sign or code of the programme's own currency, and no other.
func TestAPriceOfAStressIsInTheProgrammesCurrency(t *testing.T) {
	d := open(t, "newpin")
	o := few(2)
	stress := func(price string) (*sensitivity.Stresses, error) {
		return sensitivity.Stress(context.Background(), o.version(t, d), []string{"price of residential care " + price}, o.runs())
	}
	want, err := stress("A$4,000 a week")
	require.NoError(t, err)
	same, err := stress("AUD 4000 a week")
	require.NoError(t, err)
	assert.Equal(t, want.Stressed[0].OnTop, same.Stressed[0].OnTop)
	_, err = stress("£4,000 a week")
	assert.ErrorContains(t, err, "the amount is in GBP and the programme in AUD: nothing is converted")
	_, err = stress("$4,000 a week")
	assert.ErrorContains(t, err, "$ may be of several currencies: write the amount in AUD")
}

// Days of an investor's own terms, of a guarantee and of a covenant move too.
func TestLateStartWithInvestorsTerms(t *testing.T) {
	file := changed(t,
		"    Second Investor: {commitment: 100000, rank: 2, provider: yes}",
		"    Second Investor: {commitment: 100000, rank: 2, provider: yes, repaid on: 2030-01-31, guarantee: {by: A Trust, share: 50%, on: 2029-06-30}}",
		"  #   repaid on: 2030-05-15     # the day",
		"  repaid on: 2030-05-15     # the day",
		"  revolving: no ", "  covenants: {earned: {receipts below: 1000, on: 2028-06-30, then: stop drawing}}\n  revolving: no ")
	one := driver(t, file, "start delayed")
	v := few(0).version(t, file)
	late, err := v.With("", one.Edits(6)...)
	require.NoError(t, err)
	c := late.Programme.Facility
	second := c.Investors[1]
	assert.Equal(t, []string{"2030-11-15", "2030-07-31", "2029-12-30", "2028-12-30"},
		[]string{c.RepaidOn.String(), second.Terms.RepaidOn.String(), second.Guarantee.On.String(), c.Covenants[0].On.String()})
	assert.Contains(t, one.Note, "the days on which capital is due and the days of guarantees and covenants")
}

// What is not a stress says what to write.
func TestStressesThatCannotBeRead(t *testing.T) {
	d := open(t, "dn2")
	for text, want := range map[string]string{
		"referals down 25%":            `there is no stress or driver called "referals down 25%": did you mean "referrals down 20%"?`,
		"referrals":                    `"referrals" is a driver and needs an amount in its unit: write "referrals down 10%", "referrals up 10%" or "referrals × 1.1"`,
		"start delayed 20%":            `write "start delayed 6 months"`,
		"referrals 20%":                "needs an amount", // of no direction
		"tariffs down 120%":            "cannot go down by more than 100%",
		"late=":                        "there is nothing after the equals sign",
		"all at once=tariffs up 1%":    `there is a stress called "all at once" already`,
		"a=tariffs up 1% + {lag":       "a brace is not closed",
		"start probability up 900%":    "start probability",
		"claims paid 2 months later":   `write "claims paid later 6 days"`,
		"{cohorts.nobody.lag+=1 week}": "nobody",
	} {
		_, err := sensitivity.Stress(context.Background(), few(0).version(t, d), []string{text}, few(2).runs())
		assert.ErrorContains(t, err, want, text)
	}
	_, err := sensitivity.Stress(context.Background(), few(0).version(t, d), []string{"a=tariffs up 1%", "a=tariffs up 2%"}, few(2).runs())
	assert.ErrorContains(t, err, `two stresses are called "a"`)
}

// DN2 draws the costs of residential and of foster care with a rank correlation of 0.3. A
// stress on the first alone says that the second does not follow, one on both does not.
func TestWhatDoesNotFollowAStress(t *testing.T) {
	dn2 := open(t, "dn2")
	alone := func(text string) int {
		s, err := sensitivity.Stress(context.Background(), inDraws(0).version(t, dn2), []string{text}, inDraws(2).runs())
		require.NoError(t, err)
		return len(s.Stressed[0].Alone)
	}
	assert.Zero(t, alone("referrals down 25%"))
	assert.Equal(t, 1, alone("cost of residential care up 10%")) // with foster care, 0.3
	assert.Zero(t, alone("cost of residential care up 10% + cost of foster care up 10%"))
}
