package scenario_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// uncertainText is the good file with some of its numbers uncertain.
func uncertainText(t *testing.T) string {
	t.Helper()
	text := goodText(t)
	t.Log(text)
	return text
}

func TestX(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	var edits []scenario.Edit
	for _, e := range []string{
		"cohorts.step-down.failure.hazard={value: 0.0093, range: 0.006 to 0.013}",
		"cohorts.step-down.failure.to={residential: 14 of 20, foster: 6 of 20}",
		"cohorts.*.cashable share={value: 40%, range: 20 to 60%}",
		"cohorts.*.start probability=12 of 20",
		"background.edge of care.foster={value: 0.0048, range: 0.002 to 0.009}",
		"unit costs.residential={value: 4000, range: 3500 to 4600}",
		"cohorts.foster stability.background.foster.residential={value: 0.01, range: 0.005 to 0.02}",
	} {
		one, err := scenario.ParseEdit(e)
		require.NoError(t, err)
		edits = append(edits, one)
	}
	v, err := d.Version("base", edits...)
	require.NoError(t, err)
	for _, u := range v.Programme.Uncertain {
		t.Log(u.Path, u.Said, u.Law, u.Shares)
	}
	dr, err := v.Drawer()
	require.NoError(t, err)
	q := make([]float64, len(dr.Inputs()))
	for i := range q {
		q[i] = 0.3
	}
	one, err := dr.Draw(q)
	require.NoError(t, err)
	t.Log(one.Values, one.Whole, one.Programme.Cohorts[0].Failure, strings.Repeat("-", 3))
}
