package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// What is left of each input's variance stands with the least first, a weight that is not
// the default is called so, and a spreadsheet has a row for each input and alternative.
func TestCondition(t *testing.T) {
	dn2, err := scenario.Open("dn2")
	require.NoError(t, err)
	base, err := dn2.Version("base")
	require.NoError(t, err)
	p, err := calibrate.Condition(t.Context(), base, nil, calibrate.ConditionOptions{Seed: 1, Draws: 400, Effective: 50, Evidence: new(0.5)})
	require.NoError(t, err)
	tables := Condition(p)
	require.Len(t, tables, 6)
	require.Contains(t, strings.Join(tables[0].About, " "), "NOT THE DEFAULT WEIGHT: the likelihood of what was paid is raised to the power 0.5")
	require.Contains(t, strings.Join(tables[0].Notes, " "), "Payments do not depend on the other 16 uncertain inputs")
	before, alternatives := 0.0, 0
	for _, row := range tables[0].Rows {
		if left := row.Cells[len(row.Cells)-1].Value; left != nil {
			require.GreaterOrEqual(t, *left, before)
			before = *left
		} else {
			alternatives++
		}
	}
	require.Equal(t, 3+4, alternatives)
	require.Len(t, tables[4].Rows, len(p.Fitted))
	sheet := tables[5]
	require.True(t, sheet.Sheet)
	require.Len(t, sheet.Rows, len(p.Inputs)-2+3+4)
	for _, row := range sheet.Rows {
		require.Len(t, row.Cells, len(sheet.Columns))
	}
	require.Contains(t, Condition(nil)[0].Title+strings.Join(Condition(nil)[0].Notes, ""), "calibrate.Condition")
}
