package report_test

import (
	"fmt"
	"os"

	"github.com/edgeofcare/edgeofcare/report"
)

// Write a table of one's own for a committee paper.
func Example() {
	low, high := 3_416_428.0, 9_123_323.0
	table := report.Table{
		Columns: []report.Column{{Text: true}, {Heading: "low"}, {Heading: "high"}},
		Rows: []report.Row{
			{Heading: "What is paid"},
			{Cells: []report.Cell{
				{Text: "Outcome payments"},
				{Text: "£3.42m", Value: &low, Unit: "GBP"},
				{Text: "£9.12m", Value: &high, Unit: "GBP"},
			}},
		},
	}
	for _, format := range []report.Format{report.Markdown, report.CSV} {
		if err := report.Write(os.Stdout, format, report.Options{}, table); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// |  | low | high |
	// | --- | ---: | ---: |
	// | **What is paid** | | |
	// | Outcome payments | £3.42m | £9.12m |
	// part,item,low (GBP),high (GBP)
	// What is paid,Outcome payments,3416428,9123323
}
