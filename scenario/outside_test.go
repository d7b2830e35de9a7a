package scenario_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// The template runs from April 2026 to September 2031. Each date, quarter and financial
// year of it that is moved out of that time is a fault at its place.
func TestTimesOutsideTheProgramme(t *testing.T) {
	template := string(scenario.Template())
	for _, c := range []struct{ from, to, problem string }{
		{"by year: {2028/29: 4300}", "by year: {2098/99: 4300}", "2098/99 is outside the programme, which runs from 2026/27 to 2031/32"},
		{"by year: {2028/29: 4300}", "by year: {2004/05: 4300}", "2004/05 is outside the programme"},
		{"{from: 2029-04-01, share: 0%}", "{from: 2098-04-01, share: 0%}", "2098-04-01 is outside the programme, which runs from 2026-04-01 to 2031-09-30"},
		{"{from: 2029-04-01, amount: 6000}", "{from: 2031-10-01, amount: 6000}", "2031-10-01 is outside the programme"},
		{"on: 2028-03-31", "on: 2098-03-31", "2098-03-31 is outside the programme"},
		{"{on: 2027-04-01, share: 40%}", "{on: 2098-04-01, share: 40%}", "2098-04-01 is more than 2 years after the programme ends, on 2031-09-30"},
		{"{on: 2025-10-01, share: 60%}", "{on: 2004-10-01, share: 60%}", "2004-10-01 is more than 2 years before the programme starts, on 2026-04-01"},
		{"draws until: 2029-03-31", "draws until: 2098-03-31", "2098-03-31 is more than 2 years after"},
		{"repay from: 2028-04-01", "repay from: 2004-04-01", "2004-04-01 is more than 2 years before"},
		{"year: 2028/29, amount: 180000", "year: 2098/99, amount: 180000", "2098/99 is outside the programme"},
		{"years: [2027/28, 2028/29]", "years: [2027/28, 2098/99]", "2098/99 is outside the programme"},
		{"results: {2026-12-31: 0.4", "results: {2096-12-31: 0.4", "2096-12-31 is more than 5 years after"},
		{"counts: weeks, to: 2026-12-31", "counts: weeks, to: 2096-12-31", "2096-12-31 is more than 5 years after"},
		{"payments: {Q3 2026/27: 12000", "payments: {Q3 2016/17: 12000", "Q3 2016/17 is more than 5 years before"},
		{"actual payments: {Q3 2026/27: 11500}", "actual payments: {Q3 2096/97: 11500}", "Q3 2096/97 is more than 5 years after"},
		{"\n    2026-12-31: {M1", "\n    2096-12-31: {M1", "2096-12-31 is more than 5 years after"},
	} {
		t.Run(c.to, func(t *testing.T) {
			at := strings.Index(template, c.from)
			require.GreaterOrEqual(t, at, 0, c.from)
			_, err := scenario.Read("p.yaml", strings.NewReader(strings.Replace(template, c.from, c.to, 1)))
			require.ErrorContains(t, err, c.problem)
			line := 1 + strings.Count(template[:at]+c.from[:strings.LastIndex(c.from, "\n")+1], "\n")
			fits := false
			for _, f := range scenario.Faults(err) {
				fits = fits || f.Line == line && strings.Contains(f.Problem, c.problem)
			}
			require.True(t, fits, "%s", err)
		})
	}
}

// An edit that ends the programme early leaves what the file says of later years as
// it is; an edit that names such a year itself is a fault.
func TestTimesOutsideAnEditedProgramme(t *testing.T) {
	d, err := scenario.Read("p.yaml", strings.NewReader(string(scenario.Template())))
	require.NoError(t, err)
	early := []scenario.Edit{scenario.Set("end", "2028-03-31"), scenario.Set("cohorts.*.referrals.to", "2027-09-30"), scenario.Set("affordability", "[]"), scenario.Set("savings targets", "[]"), scenario.Set("delivery.fees.evaluation", "{per quarter: 500}")}
	v, err := d.Version("medium", early...)
	require.NoError(t, err)
	require.Less(t, v.Programme.Weeks, 110)
	_, err = d.Version("medium", append(early, scenario.Set("unit costs.residential.by year", "{2028/29: 4000}"))...)
	require.ErrorContains(t, err, "2028/29 is outside the programme, which runs from 2026/27 to 2027/28")
	_, err = d.Version("medium", scenario.Set("delivery.fixed per quarter", "[{amount: 9000}, {from: 2098-04-01, amount: 1}]"))
	require.ErrorContains(t, err, "2098-04-01 is outside the programme")
}
