package plot

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// fansFound says what is paid in the end at the median: in which cases that is the
// contract cap, in which it is less than has been paid already, and else how far the
// cases are apart.
func fansFound(results []*montecarlo.Result, fans []*fan) string {
	if len(fans) == 1 {
		return fanFound(results[0], fans[0])
	}
	var ends []float64
	var capping []string // cases that reach the cap at the median
	alike := true
	first, _ := capped(fans[0].programme)
	for i, f := range fans {
		most, ok := capped(f.programme)
		end := f.median()
		ends = append(ends, end)
		alike = alike && ok && most == first
		if ok && end >= most-0.5 {
			capping = append(capping, namedCase(results[i].Version))
		}
	}
	low, high := lowestHighest(ends)
	least, most := namedCase(results[slices.Index(ends, low)].Version), namedCase(results[slices.Index(ends, high)].Version)
	switch {
	case alike && len(capping) == len(fans):
		return "Median payments reach the " + money(first) + " cap in every case"
	case alike && len(capping) == 1:
		return brief("Median payments reach the "+money(first)+" cap in "+capping[0]+" alone", "Median payments reach the "+money(first)+" cap in one case alone")
	case alike && len(capping) > 1:
		return fmt.Sprintf("Median payments reach the %s cap in %d of %d cases", money(first), len(capping), len(fans))
	}
	if text := overtaken(results, fans); text != "" {
		return text
	}
	if alike {
		return brief(fmt.Sprintf("At the median no case reaches the %s cap; %s ends at %s", money(first), most, money(high)),
			"At the median no case reaches the "+money(first)+" cap")
	}
	if money(low) == money(high) {
		return "At the median every case pays " + money(high) + " in all"
	}
	return brief(fmt.Sprintf("%s pays %s at the median, %s of what %s does", words.Capital(least), money(low), whole(low/high), most),
		fmt.Sprintf("At the median cases pay from %s to %s in all", money(low), money(high)))
}

// overtaken says which cases end, at the median, with less than has been paid already. It
// is empty if none does.
func overtaken(results []*montecarlo.Result, fans []*fan) string {
	last := fans[0].lastPaid()
	if last < 0 {
		return ""
	}
	paid := fans[0].paid[last]
	var passed, names []string
	for i, f := range fans {
		if f.median() < paid-0.5 {
			passed = append(passed, namedCase(results[i].Version))
			name := results[i].Version.Case
			if len(results[i].Version.Layers) > 0 {
				name = ""
			}
			names = append(names, name)
		}
	}
	text := "The " + money(paid) + " paid so far is more than "
	switch {
	case len(passed) == 0:
		return ""
	case len(passed) == len(fans):
		return text + "any case comes to at the median"
	case len(passed) == 1:
		return brief(text+passed[0]+" comes to at the median", text+"one case comes to at the median")
	}
	number := fmt.Sprintf("%s%d of %d cases come to at the median", text, len(passed), len(fans))
	if slices.Contains(names, "") {
		return number
	}
	return brief(text+"the "+words.And(names)+" cases come to at the median", number)
}

// fanFound says what one case pays at the median, and how far that is from sure.
func fanFound(r *montecarlo.Result, f *fan) string {
	q, last := f.quantiles, len(f.at)-1
	name, end := words.Capital(theCase(r.Version)), money(f.median())
	limit, ok := capped(f.programme)
	switch {
	case ok && f.median() >= limit-0.5:
		return after("Median payments reach the", end, "cap", inCase(r.Version))
	case q[1][last] == q[5][last]:
		return brief(name+" pays "+end+" in all", end+" is paid in all")
	}
	return brief(fmt.Sprintf("%s pays %s, and four times in five %s to %s", name, end, money(q[1][last]), money(q[5][last])),
		after("Payments come to", end, "at the median", inCase(r.Version)), "Payments come to "+end+" at the median")
}
