package claims

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/csvrows"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Claim is one amount that was claimed.
type Claim struct {
	Line int `json:"line"` // of the file, the first being 1
	// Quarter is the one for which it was claimed or, of a weekly claim, in which the
	// week ended.
	Quarter calendar.Quarter `json:"quarter"`
	// WeekEnding is the last day of the week; unset for a claim of a whole quarter.
	WeekEnding calendar.Date `json:"week_ending,omitzero"`
	// Metric and Council are empty where the file does not tell claims apart by them.
	Metric  string          `json:"metric,omitempty"`
	Council string          `json:"council,omitempty"`
	Amount  decimal.Decimal `json:"amount"` // £
}

// claimColumns are those of a file of claims, the one that is needed first.
var claimColumns = []string{"amount", "quarter", "week ending", "metric", "council"}

// Read reads claims from CSV: the package documentation has the columns. Metrics and
// councils are not compared with a programme. The error joins every fault with its line,
// or the first twenty.
func Read(r io.Reader) ([]Claim, error) {
	var (
		all    []Claim
		lines  = map[Claim]int{} // by everything but line and amount
		latest = map[calendar.Quarter]Claim{}
		first  calendar.Date // the end of the first weekly row
	)
	err := csvrows.Read(r, claimColumns, 1, func(row csvrows.Row) error {
		c, err := claimOf(row)
		if err != nil {
			return err
		}
		all = append(all, c)
		key := c
		key.Line, key.Amount = 0, decimal.Decimal{}
		if line, twice := lines[key]; twice {
			return fmt.Errorf("the same quarter or week, metric and council are on line %d: put both amounts into one row", line)
		}
		lines[key] = c.Line
		other, ok := latest[c.Quarter]
		if ok && other.WeekEnding.IsZero() != c.WeekEnding.IsZero() {
			return fmt.Errorf("%s is claimed by week and as a whole, on line %d: keep one of the two", c.Quarter, other.Line)
		}
		latest[c.Quarter] = c
		if c.WeekEnding.IsZero() {
			return nil
		}
		if first.IsZero() {
			first = c.WeekEnding
		}
		if c.WeekEnding.Sub(first)%7 != 0 {
			return fmt.Errorf("the week does not end on a %s, as the first one does: all weeks end on one day of the week", first.Time().Weekday())
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case len(all) == 0:
		return nil, errors.New("there is no claim below the names of the columns")
	}
	return all, nil
}

// claimOf reads one row.
func claimOf(row csvrows.Row) (Claim, error) {
	c := Claim{Line: row.Line, Metric: row.Text("metric"), Council: row.Text("council")}
	faults := []error{c.when(row)}
	for _, column := range []string{"metric", "council"} {
		if row.Has(column) && row.Text(column) == "" {
			faults = append(faults, fmt.Errorf("it has no %s, and there is a column for it: fill it in every row, or leave the column out", column))
		}
	}
	var ok bool
	if c.Amount, ok = amountOf(row.Text("amount")); !ok {
		faults = append(faults, errors.New("the amount is not one in £: write 16689, 16,689.00 or £16,689, and nothing below 0; take a repayment off the quarter that it corrects"))
	}
	return c, errors.Join(faults...)
}

// when reads for which quarter or week a claim is.
func (c *Claim) when(row csvrows.Row) error {
	quarter, week := row.Text("quarter"), row.Text("week ending")
	switch {
	case (quarter == "") == (week == ""):
		return errors.New("it needs a quarter or the end of a week, and not both")
	case quarter != "":
		q, err := calendar.ParseQuarter(quarter)
		if err != nil {
			return errors.New("the quarter is none: write Q1 2022/23 or, for the same three months, 2022Q2")
		}
		c.Quarter = q
		return nil
	}
	day, ok := csvrows.Date(week)
	if !ok {
		return errors.New("the end of the week is not a date: write 2022-04-10 or 10/04/2022")
	}
	c.WeekEnding, c.Quarter = day, day.Quarter()
	return nil
}

// An amount has at most twelve digits before the point.
var amounts = regexp.MustCompile(`^(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,2})?$`)

// amountOf reads an amount in £.
func amountOf(text string) (decimal.Decimal, bool) {
	text = strings.TrimSpace(strings.TrimPrefix(text, "£"))
	if !amounts.MatchString(text) {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(strings.ReplaceAll(text, ",", ""))
	return d, err == nil
}
