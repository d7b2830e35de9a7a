package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// asInTheFile is the alternative that is none of the variants.
const asInTheFile = "as in the file"

// alternatives reads variants of which one holds, nobody knows which:
//
//	alternatives:
//	  edge of care counterfactual:
//	    as in the file: 50%
//	    edge of care counterfactual as in Essex: 25%
//	    edge of care counterfactual as in START: 25%
//
// The first is that of the central projection.
func (d *decoder) alternatives(c cursor) {
	for _, n := range c.defined("alternatives", mostCases) {
		var values []uncertain.Weighted
		var names []string
		total, form := decimal.Zero, sumForm{}
		for i, one := range n.named("alternatives", mostCases) {
			if near, ok := nearest(one.name, []string{asInTheFile}); ok && one.name != asInTheFile && !slices.Contains(d.variants.valid, one.name) {
				one.cursor.fault("there is no variant called %s: did you mean %s?", quote(one.name), quote(near))
			} else if one.name != asInTheFile {
				one.isOne(d.variants)
			}
			weight := one.share(aShare)
			total = total.Add(weight)
			form.see(one.cursor)
			values = append(values, uncertain.Weighted{Value: float64(i), Weight: weight.InexactFloat64()})
			names = append(names, one.name)
		}
		switch {
		case !n.sound():
			continue
		case len(values) < 2:
			n.cursor.fault("there is one alternative: name two or more, with weights that add up to 100%%")
			continue
		case !total.Equal(one):
			n.cursor.fault("the weights add up to %s", form.of(total))
			continue
		}
		law, err := uncertain.OfList(values)
		if err != nil {
			n.cursor.fault("%s", err)
			continue
		}
		d.p.Uncertain = append(d.p.Uncertain, model.Uncertain{Path: model.Path(n.path), Law: law, Said: n.n.inline(), Values: names})
	}
}

// ofAlternatives reports whether an uncertain input is which of several variants
// holds.
func ofAlternatives(u model.Uncertain) bool {
	return strings.HasPrefix(string(u.Path), "alternatives.")
}

// chosen takes the alternatives of which one was chosen by name off what is
// uncertain, and returns the edits of the first of each that is left.
func (v *Version) chosen(root *node) (open []model.Uncertain, edits []Edit, err error) {
	for _, u := range alternativesOf(root) {
		if slices.ContainsFunc(v.Layers, func(l Layer) bool { return l.Kind != editLayer && slices.Contains(u.Values, l.Name) }) {
			continue
		}
		open = append(open, u)
		first, err := v.document.alternative(u.Values[0])
		if err != nil {
			return nil, nil, err
		}
		edits = append(edits, first...)
	}
	return open, edits, nil
}

// alternativesOf reads the alternatives of a document whose faults are known.
func alternativesOf(root *node) []model.Uncertain {
	e, ok := root.entry("alternatives")
	if !ok {
		return nil
	}
	d := newDecoder(root)
	d.alternatives(d.enter(e.value, "alternatives"))
	return d.p.Uncertain
}

// alternative is the edits of an alternative.
func (d *Document) alternative(name string) ([]Edit, error) {
	if name == asInTheFile {
		return nil, nil
	}
	set, err := find("variant", d.variants, name)
	if err != nil {
		return nil, fmt.Errorf("alternatives: %w", err)
	}
	return set.edits, nil
}
