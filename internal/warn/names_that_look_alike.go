package warn

import (
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// namesThatLookAlike warns of names that look the same and are not: people take
// them for one council or cohort, and the program for two.
func (v *version) namesThatLookAlike() {
	var all []place
	add := func(block string, names ...string) {
		for _, name := range names {
			all = append(all, place{name, block + "." + name})
		}
	}
	for _, c := range v.p.Commissioners {
		add("commissioners", c.Name)
	}
	for _, s := range v.p.States {
		add("states", s.Name)
	}
	for _, c := range v.p.Cohorts {
		add("cohorts", c.Name)
	}
	for _, m := range v.p.Contract.Metrics {
		add("metrics", m.Name)
	}
	for _, p := range v.p.Contract.Payers {
		add("payers", p.Name)
	}
	if v.p.Delivery != nil {
		for _, fee := range v.p.Delivery.Fees {
			add("delivery.fees", fee.Name)
		}
	}
	if v.p.Facility != nil {
		for _, investor := range v.p.Facility.Investors {
			add("facility.investors", investor.Name)
		}
	}
	v.found = append(v.found, lookAlikes(all)...)
}

// casesThatLookAlike are the same warnings about cases and variants.
func casesThatLookAlike(d *scenario.Document) []Warning {
	var all []place
	for _, c := range d.Cases() {
		all = append(all, place{c.Name, "cases." + c.Name})
	}
	for _, v := range d.Variants() {
		all = append(all, place{v.Name, "variants." + v.Name})
	}
	return lookAlikes(all)
}

// place is a name and the setting that it names.
type place struct{ name, path string }

// lookAlikes warns of each name that looks like an earlier one and is another.
func lookAlikes(all []place) (found []Warning) {
	first := map[string]place{}
	var known []string
	for _, one := range all {
		look := words.Looks(one.name)
		other, ok := first[look]
		switch {
		case !ok:
			first[look] = one
		case other.name != one.name && !slices.Contains(known, one.path):
			known = append(known, one.path)
			found = append(found, Warning{
				Kind: "look-alike names", Path: one.path,
				Text: spelled(one) + " looks like " + spelled(other) + " and is another name: write both alike if one thing is meant, or tell them apart",
			})
		}
	}
	return found
}

// spelled is the place of a name with every sign beyond plain ones by its number.
func spelled(one place) string {
	quoted := strconv.QuoteToASCII(one.name)
	block := strings.TrimSuffix(one.path, "."+one.name)
	return quoted + " under " + block
}
