package scenario

import (
	"errors"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/model"
)

// draws returns what is wrong with the draws of a case, or of a variant on the first
// case: a file whose ranges come to what cannot be could be read and not run.
func (d *Document) draws(p *model.Programme, root *node, what, name string) []finding {
	if len(p.Uncertain) == 0 {
		return nil
	}
	v := &Version{Programme: p, document: d, root: root}
	switch {
	case what == "case":
		v.Case = name
	case len(d.cases) > 0:
		v.Case = d.cases[0].Name
	}
	if what == "variant" {
		set, _ := find("variant", d.variants, name)
		v.edits = set.edits
	}
	drawer, try := v.newDrawer(), (*Drawer).prepare
	if what == "variant" { // the alternatives are checked once, in each case
		try = (*Drawer).drawable
	}
	drawer.own = nil // the programme has no alternative in it
	err := try(drawer)
	if err == nil {
		return nil
	}
	at, ok := errors.AsType[*located.Error](err)
	if !ok {
		return []finding{root.at.fault("uncertain", "%s", err)}
	}
	place := root.at
	for path := at.Path; path != ""; path = outer(path) {
		if n, ok := root.find(strings.Split(path, ".")); ok {
			place = n.at
			break
		}
	}
	return []finding{place.fault(at.Path, "%s", at.Problem)}
}
