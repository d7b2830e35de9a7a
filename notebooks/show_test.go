package notebooks

import (
	"bytes"
	"errors"
	"testing"

	"github.com/janpfeifer/gonb/gonbui/protocol"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
)

func TestTablesAreEscapedAndKeepTheirFigures(t *testing.T) {
	third := 1.0 / 3
	table := report.Table{
		Title:   "<script>alert(1)</script>",
		About:   []string{"a & b"},
		Columns: []report.Column{{Heading: "what", Text: true}, {Heading: "share"}, {Heading: "detail", Detail: true}},
		Rows: []report.Row{
			{Heading: "PART"},
			{Cells: []report.Cell{{Text: "of \"all\""}, {Text: "33.3%", Value: &third, Unit: "share", Decimals: 3}, {Text: "left out"}}},
		},
		Notes: []string{"a note"},
	}
	shown, err := written(table)
	require.NoError(t, err)
	page := shown.Data[protocol.MIMETextHTML].(string)
	require.NotContains(t, page, "<script>")
	require.Contains(t, page, "&lt;script&gt;alert(1)&lt;/script&gt;")
	require.Contains(t, page, "a &amp; b")
	require.Contains(t, page, "a note")
	require.Contains(t, page, `colspan="2"`)
	require.NotContains(t, page, "left out</td>")
	require.Equal(t, []float64{third}, row(t, page, `of "all"`))

	var printed bytes.Buffer // as the command prints it
	require.NoError(t, report.Write(&printed, report.Terminal, report.Options{Width: 100}, table))
	require.Equal(t, printed.String(), shown.Data[protocol.MIMETextPlain].(string)+"\n")
}

func TestAnErrorIsNotPassedOver(t *testing.T) {
	broken := errors.New("no such case")
	require.ErrorIs(t, show([]any{(*plot.Figure)(nil), broken}), broken)
	require.ErrorContains(t, show([]any{42}), "not int: print it with fmt.Println")
	require.NoError(t, show([]any{[]report.Table{}, nil}), "a function's error that is nil")
}
