package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// A paper speaks of a decision until the day after the programme has ended.
func TestCommitteeOnADay(t *testing.T) {
	all := compareDN2(t, "base", "medium").Results
	for _, c := range []struct {
		day  calendar.Date
		over bool
	}{{calendar.Date{}, false}, {calendar.NewDate(2020, 1, 1), false}, {calendar.NewDate(2026, 9, 30), false}, {calendar.NewDate(2026, 10, 1), true}} {
		paper, err := ForCommittee("Derby", c.day, all...)
		require.NoError(t, err)
		if c.over {
			require.Equal(t, "No decision is open", paper.Heading)
			require.Contains(t, paper.Decision, "ended on 30 September 2026")
			require.Contains(t, paper.Decision, "1 October 2026")
			require.Contains(t, paper.Title, "paid")
			continue
		}
		require.Equal(t, "The decision", paper.Heading)
		require.Contains(t, paper.Decision, "Whether Derby pays")
	}
}

// A paper has the terms with how far they can be relied on, what was paid in fact, and
// says of what is about the whole programme which case it is of.
func TestCommitteeTerms(t *testing.T) {
	all := compareDN2(t, "base", "medium").Results
	paper, err := ForCommittee("Nottinghamshire", calendar.Date{}, all...)
	require.NoError(t, err)
	for label, want := range map[string]string{
		"Share of referrals":                        "40%, derived",
		"Tariff of M1 step-down, a week":            "£500.00, assumed",
		"Most that is paid in all, by all":          "£9,123,323, published",
		"Paid in fact to 30 September 2024, by all": "£4.10m",
	} {
		row, _ := rowOf(t, paper.Contract, label)
		require.Equal(t, want, row.cell(1).Text, label)
		require.Equal(t, want, row.cell(2).Text, label)
	}
	require.Contains(t, strings.Join(paper.Contract.Notes, "\n"), "Who pays (base and medium): Life Chances Fund, 27.5%; the council whose claim it is, 72.5%.")
	children, _ := rowOf(t, paper.Together, "Children referred")
	total, err := all[0].Totals.Find(montecarlo.Referred, "Nottinghamshire")
	require.NoError(t, err)
	require.InDelta(t, total.Mean, *children.cell(1).Value, 1e-9)
	for _, label := range []string{"Chance of a saving, all care avoided", "Chance of a saving in cash alone"} {
		row, _ := rowOf(t, paper.Together, label)
		require.Zero(t, row.Indent, "both chances have the same weight")
	}
	target := all[0].Version.Programme.SavingsTargets[0].String()
	for label, measure := range map[string]string{
		"Chance of the savings target, after own payments": montecarlo.TargetMet,
		"Chance of the savings target, before payments":    montecarlo.TargetMetGross,
	} {
		met, err := all[0].Probabilities.Find(measure, target)
		require.NoError(t, err)
		row, _ := rowOf(t, paper.Together, label)
		require.Equal(t, chance(met).Text, row.cell(1).Text, label)
	}
	require.Contains(t, paper.Together.Notes, "Savings target: Nottinghamshire's £250,000 in 2021/22 and 2022/23 together; that the council's own payments come off first is our reading.")
	require.Len(t, paper.Years, 2)
	require.Contains(t, paper.Years[0].Title, "constant 2022/23 prices")
	for _, r := range all {
		for _, w := range r.Warnings {
			text := strings.Join(paper.OfAll, "\n")
			if at := strings.Index(text, w.Text); at >= 0 {
				require.Regexp(t, `Warning \([^)]*\): $`, text[:at])
			}
		}
	}
}

// A tariff is that of the council.
func TestCommitteeTariffOfTheCouncil(t *testing.T) {
	v := versionsOf(t, "dn2", "base")[0]
	with, err := v.With("", scenario.Set("metrics.M1 step-down.tariff", "{amount: 500, by commissioner: {Derby: 480}}"))
	require.NoError(t, err)
	page := councilPage{council: "Derby"}
	require.Contains(t, page.tariff(with.Programme, "M1 step-down").Text, "£480.00")
	page.council = "Nottingham"
	require.Contains(t, page.tariff(with.Programme, "M1 step-down").Text, "£500.00")
	require.Equal(t, "not paid for", page.tariff(with.Programme, "M9").Text)
}

func TestCommitteeOfNoCouncil(t *testing.T) {
	_, err := ForCommittee("Derbie", calendar.Date{}, compareDN2(t, "medium").Results...)
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	_, err = ForCommittee("Derby", calendar.Date{})
	require.Error(t, err)
}
