package xlsx

import "fmt"

// The method of largest remainders, in helper rows: everyone has the whole pence of its
// exact share, and the pence left over go one each to the largest remainders, of equal
// ones to whoever is listed first. Spreadsheets are exact to 15 figures, so the amount
// is divided in two parts first, and no product passes 100 million million.

// apportion shares a total, in pence, over weights, and returns the parts in their
// order. A total of all weights gives every weight back.
func (m *maker) apportion(s *sheet, what string, total line, weights []line, as []label) []line {
	rows := func(part, unit string, of func(i, q int) string) []line {
		var all []line
		for i := range weights {
			all = append(all, s.calc(m.n, label{what + ": " + part, as[i].of, as[i].council, unit}, false, whole, func(q int) string { return of(i, q) }))
		}
		return all
	}
	one := func(part, unit string, of func(q int) string) line {
		return s.calc(m.n, label{what + ": " + part, "", "", unit}, false, whole, of)
	}
	given := rows("shared by", "weight", func(i, q int) string { return weights[i].at(q) })
	first, last := given[0], given[len(given)-1]
	sum := one("sum of weights", "weight", func(q int) string { return "SUM(" + column(first, last, q) + ")" })
	high := one("amount in units of the split", "pence ÷ split", func(q int) string { return fmt.Sprintf("INT(%s/%s)", total.at(q), m.k.split) })
	low := one("rest of the amount", "pence", func(q int) string { return fmt.Sprintf("%s-%s*%s", total.at(q), high.at(q), m.k.split) })
	guarded := func(q int, text string) string { return fmt.Sprintf("IF(%s=0,0,%s)", sum.at(q), text) }
	floorHigh := rows("share of the first part, down", "pence ÷ split", func(i, q int) string {
		return guarded(q, fmt.Sprintf("INT(%s*%s/%s)", high.at(q), given[i].at(q), sum.at(q)))
	})
	rest := rows("what remains of it, and the rest", "weight", func(i, q int) string {
		return fmt.Sprintf("(%s*%s-%s*%s)*%s+%s*%s", high.at(q), given[i].at(q), floorHigh[i].at(q), sum.at(q), m.k.split, low.at(q), given[i].at(q))
	})
	floorLow := rows("share of that, down", "pence", func(i, q int) string {
		return guarded(q, fmt.Sprintf("INT(%s/%s)", rest[i].at(q), sum.at(q)))
	})
	remainder := rows("remainder", "weight", func(i, q int) string {
		return fmt.Sprintf("%s-%s*%s", rest[i].at(q), floorLow[i].at(q), sum.at(q))
	})
	left := one("pence left over", "pence", func(q int) string {
		return fmt.Sprintf("%s-SUM(%s)*%s-SUM(%s)", total.at(q), column(floorHigh[0], floorHigh[len(weights)-1], q), m.k.split, column(floorLow[0], floorLow[len(weights)-1], q))
	})
	rank := rows("rank of the remainder", "rank", func(i, q int) string {
		text := fmt.Sprintf("RANK(%s,%s)", remainder[i].at(q), fixedColumn(remainder[0], remainder[len(weights)-1], q))
		if i > 0 { // of equal remainders the first listed comes first
			text += fmt.Sprintf("+COUNTIF(%s,%s)", column(remainder[0], remainder[i-1], q), remainder[i].at(q))
		}
		return text
	})
	return rows("part", "pence", func(i, q int) string {
		return guarded(q, fmt.Sprintf("%s*%s+%s+IF(%s<=%s,1,0)", floorHigh[i].at(q), m.k.split, floorLow[i].at(q), rank[i].at(q), left.at(q)))
	})
}
