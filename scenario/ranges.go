package scenario

import "slices"

// Range is something uncertain about a programme, with a low and a high value that
// two variants of the file give it.
type Range struct {
	Name string // "cashable shares"
	Low  []Edit // of the variant with the low value
	High []Edit // of the variant with the high value
}

// Ranges returns the ranges of the file, in its order.
func (d *Document) Ranges() []Range {
	if d.empty() {
		return nil
	}
	ranges := slices.Clone(d.ranges)
	for i, r := range ranges {
		ranges[i].Low, ranges[i].High = slices.Clone(r.Low), slices.Clone(r.High)
	}
	return ranges
}

// readRanges reads which variants are the low and the high value of something:
//
//	ranges: {cashable shares: {low: low cashable shares, high: high cashable shares}}
func (d *Document) readRanges(r *decoder) {
	e, ok := d.root.entry("ranges")
	if !ok {
		return
	}
	variants := namesOf("variant", d.variants)
	edits := func(name string) []Edit {
		set, _ := find("", d.variants, name) // that there is none is recorded
		return set.edits
	}
	for _, n := range r.enter(e.value, "ranges").named("ranges", mostCases) {
		f := n.fields("low", "high")
		low := f.need("low", sentence("the variant with the low value"))
		high := f.need("high", sentence("the variant with the high value"))
		lowName, highName := low.name(variants), high.name(variants)
		if low.sound() && high.sound() && lowName == highName {
			high.fault("low and high are both %s: name two variants", quote(highName))
		}
		d.ranges = append(d.ranges, Range{Name: n.name, Low: edits(lowName), High: edits(highName)})
	}
}
