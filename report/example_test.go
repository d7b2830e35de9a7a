package report_test

import (
	"fmt"
	"os"

	"github.com/edgeofcare/edgeofcare/report"
)

// Write a table of one's own for a committee paper.
func Example() {
	table := report.Table{Columns: []string{"", "low", "high"}}
	table.Add("Outcome payments", report.Money(3_416_428), report.Money(9_123_323))
	table.Add("Chance that the cap is reached", report.Percent(0), report.Percent(0.825))
	if err := report.Write(os.Stdout, report.Markdown, table); err != nil {
		fmt.Println(err)
	}
	// Output:
	// |  | low | high |
	// | --- | ---: | ---: |
	// | Outcome payments | £3,416,428 | £9,123,323 |
	// | Chance that the cap is reached | 0% | 82.5% |
}
