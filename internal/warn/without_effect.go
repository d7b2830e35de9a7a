package warn

import (
	"github.com/edgeofcare/edgeofcare/scenario"
)

// layersWithoutEffect warns of variants, stresses and edits that change no figure of
// the version that they are put on top of.
func (v *version) layersWithoutEffect() {
	d := v.Document()
	if d == nil || len(v.Layers) == 0 {
		return
	}
	before := ""
	for i := range len(v.Layers) + 1 {
		below, err := d.Version((&scenario.Version{Case: v.Case, Layers: v.Layers[:i]}).Name())
		if err != nil {
			return // an edit that cannot be written as text
		}
		now := below.Programme.Fingerprint()
		if i > 0 && now == before {
			v.warn("changes nothing", "", 0, "%s changes no figure here", quoted(v.Layers[i-1].Name))
		}
		before = now
	}
}

// wholeFile returns the warnings about a programme file that are about none of its
// cases, which are given: variants that change nothing in any of them, and cases
// that are the same.
func wholeFile(d *scenario.Document, plain []*scenario.Version) ([]Warning, error) {
	found := append(casesThatLookAlike(d), sameCases(d, plain)...)
	for _, variant := range d.Variants() {
		changes := variant.Edits == 0
		for _, base := range plain {
			v, err := base.With(variant.Name)
			if err != nil {
				return nil, err
			}
			changes = changes || v.Programme.Fingerprint() != base.Programme.Fingerprint()
		}
		if !changes {
			found = append(found, Warning{
				Kind: "changes nothing", Path: "variants." + variant.Name,
				Text: "the variant " + quoted(variant.Name) + " changes no figure in any case",
			})
		}
	}
	return found, nil
}

// casesOf are the versions of a file without anything on top.
func casesOf(d *scenario.Document) ([]*scenario.Version, error) {
	names := []string{""}
	if len(d.Cases()) > 0 {
		names = nil
		for _, c := range d.Cases() {
			names = append(names, c.Name)
		}
	}
	var all []*scenario.Version
	for _, name := range names {
		v, err := d.Version(name)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// sameCases warns of cases with edits that come to the figures of an earlier case.
func sameCases(d *scenario.Document, plain []*scenario.Version) (found []Warning) {
	seen := map[string]string{}
	for i, info := range d.Cases() {
		print := plain[i].Programme.Fingerprint()
		if other, ok := seen[print]; ok && info.Edits > 0 {
			found = append(found, Warning{
				Kind: "changes nothing", Path: "cases." + info.Name,
				Text: "the case " + quoted(info.Name) + " has the same figures as the case " + quoted(other),
			})
		} else if !ok {
			seen[print] = info.Name
		}
	}
	return found
}
