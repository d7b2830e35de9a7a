package claims

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/calendar"
)

// Quarter is what was claimed for one quarter.
type Quarter struct {
	Quarter calendar.Quarter `json:"quarter"`
	Amount  decimal.Decimal  `json:"amount"` // £, of all lines together
	// Lines are its parts, by council and then metric: one with neither where the
	// claims are not told apart.
	Lines []Line `json:"lines"`
	// Absent are lines that other quarters have and this one has no row of. They count
	// as £0.
	Absent []Line `json:"absent,omitempty"`
	// Missing are the ends of its weeks for which nothing is claimed on any line, where
	// claims are weekly: the quarter is not whole.
	Missing []calendar.Date `json:"missing_weeks,omitempty"`
}

// Line is what was claimed by one council for one metric.
type Line struct {
	Council string          `json:"council,omitempty"`
	Metric  string          `json:"metric,omitempty"`
	Amount  decimal.Decimal `json:"amount"` // £
}

// Quarters adds claims up by quarter, in order of time.
func Quarters(claims []Claim) []Quarter {
	var all []Quarter
	var everywhere []Line
	weeks := map[calendar.Date]bool{}
	for _, c := range claims {
		i := slices.IndexFunc(all, func(q Quarter) bool { return q.Quarter == c.Quarter })
		if i < 0 {
			i, all = len(all), append(all, Quarter{Quarter: c.Quarter})
		}
		all[i].Amount = all[i].Amount.Add(c.Amount)
		all[i].Lines = with(all[i].Lines, Line{c.Council, c.Metric, c.Amount})
		everywhere = with(everywhere, Line{c.Council, c.Metric, decimal.Zero})
		if !c.WeekEnding.IsZero() {
			weeks[c.WeekEnding] = true
			all[i].Missing = append(all[i].Missing, c.WeekEnding)
		}
	}
	slices.SortFunc(all, func(a, b Quarter) int { return cmp.Compare(a.Quarter, b.Quarter) })
	slices.SortFunc(everywhere, byLine)
	for i := range all {
		q := &all[i]
		slices.SortFunc(q.Lines, byLine)
		for _, l := range everywhere {
			if !slices.ContainsFunc(q.Lines, func(m Line) bool { return byLine(l, m) == 0 }) {
				q.Absent = append(q.Absent, l)
			}
		}
		if len(q.Missing) > 0 {
			q.Missing = missing(q.Quarter, q.Missing[0], weeks)
		}
	}
	return all
}

// with adds an amount to its line.
func with(lines []Line, l Line) []Line {
	for i := range lines {
		if byLine(lines[i], l) == 0 {
			lines[i].Amount = lines[i].Amount.Add(l.Amount)
			return lines
		}
	}
	return append(lines, l)
}

// missing are the ends of a quarter's weeks, of which one is known, that are not there.
func missing(q calendar.Quarter, end calendar.Date, there map[calendar.Date]bool) (all []calendar.Date) {
	for end.AddDays(-7).Quarter() == q {
		end = end.AddDays(-7)
	}
	for ; end.Quarter() == q; end = end.AddDays(7) {
		if !there[end] {
			all = append(all, end)
		}
	}
	return all
}

// byLine orders the lines of a quarter.
func byLine(a, b Line) int {
	return cmp.Or(cmp.Compare(a.Council, b.Council), cmp.Compare(a.Metric, b.Metric))
}
