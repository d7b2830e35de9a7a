package scenario_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// A file that names its quarters by the calendar is the same programme as one that
// names them by the financial year, and so is an edit.
func TestQuartersUnderBothNames(t *testing.T) {
	text := string(scenario.Template())
	require.Contains(t, text, "payments: {Q3 2026/27: 12000, Q4 2026/27: 45000}")
	byCalendar := strings.NewReplacer("{Q3 2026/27: 12000, Q4 2026/27: 45000}", "{2026Q4: 12000, 2027Q1: {value: 45000}}", "{Q3 2026/27: 11500}", "{2026Q4: 11500}").Replace(text)
	require.NotEqual(t, text, byCalendar)
	programme := func(text string, edits ...scenario.Edit) string {
		d, err := scenario.Read("mine.yaml", strings.NewReader(text))
		require.NoError(t, err)
		v, err := d.Version("", edits...)
		require.NoError(t, err)
		written, err := json.Marshal(v.Programme)
		require.NoError(t, err)
		return string(written)
	}
	require.Equal(t, programme(text), programme(byCalendar))
	require.NotContains(t, programme(byCalendar), "2026Q4")
	for _, set := range [][2]scenario.Edit{
		{scenario.Set("grants", "{2026Q3: 45000}"), scenario.Set("grants", "{Q2 2026/27: 45000}")},
		{scenario.Set("published.actual payments.2026Q4", "9000"), scenario.Set("published.actual payments.Q3 2026/27", "9000")},
		{scenario.Set("published.plans.*.payments.2026Q4", "9000"), scenario.Set("published.plans.*.payments.Q3 2026/27", "9000")},
		{scenario.Set("published.plans.*.payments", "{2026Q4: 9000}"), scenario.Set("published.plans.*.payments", "{Q3 2026/27: 9000}")},
	} {
		require.Equal(t, programme(text, set[1]), programme(byCalendar, set[0]))
		require.Equal(t, programme(byCalendar, set[1]), programme(text, set[0]))
		require.NotEqual(t, programme(text), programme(text, set[0]))
	}
}

// A quarter under both names at once is a fault that names both.
func TestAQuarterTwice(t *testing.T) {
	text := strings.Replace(string(scenario.Template()), "{Q3 2026/27: 11500}", "{2026Q4: 11500, Q3 2026/27: 11501}", 1)
	_, err := scenario.Read("mine.yaml", strings.NewReader(text))
	require.ErrorContains(t, err, `published.actual payments.Q3 2026/27: "2026Q4" and "Q3 2026/27" are the same quarter: remove one of them`)
	d, err := scenario.Read("mine.yaml", strings.NewReader(string(scenario.Template())))
	require.NoError(t, err)
	_, err = d.Version("", scenario.Set("grants", "{2026Q3: 1, Q2 2026/27: 2}"))
	require.ErrorContains(t, err, "are the same quarter")
}

// Elsewhere a name that looks like a quarter is a name.
func TestNamesThatLookLikeQuarters(t *testing.T) {
	text := strings.ReplaceAll(string(scenario.Template()), "step-down", "2026Q4")
	d, err := scenario.Read("mine.yaml", strings.NewReader(text))
	require.NoError(t, err)
	v, err := d.Version("", scenario.Set("cohorts.2026Q4.lag", "5 weeks"))
	require.NoError(t, err)
	require.Equal(t, "2026Q4", v.Programme.Cohorts[0].Name)
	require.EqualValues(t, 5, v.Programme.Cohorts[0].Lag)
}
