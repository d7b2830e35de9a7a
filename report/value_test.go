package report

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
	"github.com/edgeofcare/edgeofcare/sensitivity/information"
)

// What an estimate is worth trusting stands beside it, what is worth nothing is counted,
// and a chance that no draw shows is not written as 0% or 100%.
func TestValue(t *testing.T) {
	require.Contains(t, Value(nil)[0].Title, "nothing to report")
	in := sensitivity.ValuedIn{
		Options: []information.Option{{Name: "do nothing", Loss: 900}, {Name: "run", Payoff: 900, Best: 1}}, Best: 1,
		Perfect: information.Worth{Name: "everything", Value: 90, Estimate: 90, HeldOut: 90},
		Inputs: []sensitivity.InputWorth{
			{Worth: information.Worth{Name: "a", Value: 90, Estimate: 95, StdErr: 5, HeldOut: 94}},
			{Worth: information.Worth{Name: "b", Value: 40, Estimate: 40, StdErr: 5, HeldOut: 10, Zero: 1}},
			{Worth: information.Worth{Name: "c", Value: 8, Estimate: 8, StdErr: 5, HeldOut: 1, Zero: 1}},
			{Worth: information.Worth{Name: "d"}},
			{Worth: information.Worth{Name: "e"}},
		},
	}
	v := &sensitivity.Valued{Version: &scenario.Version{Programme: &model.Programme{Name: "p"}}, AllCare: in, Cash: in, Draws: 1_000, NotInRanges: "The weather."}
	tables := Value(v)
	learned := tables[1]
	var said []string
	for _, row := range learned.Rows {
		if row.Heading == "" {
			said = append(said, row.Cells[0].Text+": "+row.Cells[5].Text)
		}
	}
	require.Equal(t, []string{"everything that is uncertain: ", "a: lowered from £95", "b: not settled", "c: perhaps nothing"}, said)
	require.Contains(t, learned.Notes, "Worth nothing alone: 2 inputs.")
	require.Equal(t, ">99.7%", tables[0].Rows[2].Cells[3].Text) // none of 1,000: 3 in 1,000
	require.Contains(t, tables[2].Notes[len(tables[2].Notes)-1], "the weather.")
	sheet := tables[len(tables)-1]
	require.True(t, sheet.Sheet)
	for _, row := range sheet.Rows {
		require.Len(t, row.Cells, len(sheet.Columns))
	}
	require.Len(t, sheet.Rows, 2*(2+1+5), "a row for each option, everything and each input, in cash and with all care")
}
