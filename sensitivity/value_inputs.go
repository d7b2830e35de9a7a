package sensitivity

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity/information"
)

// learnable is what might be learned about a version: its inputs, one at a time, and
// groups of them.
type learnable struct {
	inputs []information.Group
	paths  [][]string // by input
	groups []information.Group
}

// columns are all that is uncertain.
func (l *learnable) columns() []information.Column {
	var all []information.Column
	for _, one := range l.inputs {
		all = append(all, one.Columns...)
	}
	return all
}

// topics are what inputs may be about, by patterns of what they change.
var topics = []InputGroup{
	{"placements that fail", []string{"cohorts.*.failure"}},
	{"starts", []string{"cohorts.*.start probability", "cohorts.*.lag"}},
	{"numbers of children", []string{"cohorts.*.referrals", "commissioners.*"}},
	{"care without the programme", []string{"background", "cohorts.*.background"}},
	{"ages", []string{"ages at referral"}},
	{"costs of care", []string{"unit costs"}},
	{"what is cashable", []string{"cohorts.*.cashable share"}},
	{"tariffs", []string{"metrics.*", "contract"}},
	{"cost of delivery", []string{"delivery"}},
}

// learnableOf are the inputs of a version, its topics of more than one input, and the
// groups that were asked for.
func learnableOf(v *scenario.Version, d *drawnInputs, groups []InputGroup) (*learnable, error) {
	l := &learnable{}
	places := map[string]int{} // of blocks of shares
	about := make([][]int, len(topics))
	for i, u := range d.inputs {
		name, path := learnedName(u), string(u.Path)
		at, known := places[name]
		if !known {
			at = len(l.inputs)
			places[name] = at
			l.inputs, l.paths = append(l.inputs, information.Group{Name: name}), append(l.paths, nil)
			changes := changedBy(v, u)
			for t := range topics {
				if topics[t].isAbout(changes) {
					about[t] = append(about[t], at)
				}
			}
		}
		l.paths[at] = append(l.paths[at], path)
		l.inputs[at].Columns = append(l.inputs[at].Columns, information.Column{Name: path, Values: d.values[i], Kinds: ofAlternatives(u)})
	}
	for i := range l.inputs { // the last of shares follows from the others
		if n := len(l.inputs[i].Columns); n > 1 {
			l.inputs[i].Columns = l.inputs[i].Columns[:n-1]
		}
	}
	for t, members := range about {
		if len(members) > 1 {
			l.add(topics[t].Name, members)
		}
	}
	for _, g := range groups {
		members, err := l.members(g)
		if err != nil {
			return nil, err
		}
		l.add(g.Name, members)
	}
	return l, nil
}

// add makes a group of inputs.
func (l *learnable) add(name string, members []int) {
	g := information.Group{Name: name}
	for _, i := range members {
		g.Columns = append(g.Columns, l.inputs[i].Columns...)
	}
	l.groups = append(l.groups, g)
}

// members are the inputs of a group that was asked for.
func (l *learnable) members(g InputGroup) ([]int, error) {
	taken := func(o information.Group) bool { return o.Name == g.Name }
	if g.Name == "" || slices.ContainsFunc(l.groups, taken) || slices.ContainsFunc(l.inputs, taken) {
		return nil, fmt.Errorf("group %q: the name is taken or empty: give it another", g.Name)
	}
	var members []int
	for _, pattern := range g.Inputs {
		found := false
		for i, paths := range l.paths {
			if !slices.ContainsFunc(paths, func(p string) bool { return under(p, pattern) || writtenName(p) == pattern }) {
				continue
			}
			found = true
			if !slices.Contains(members, i) {
				members = append(members, i)
			}
		}
		if !found {
			unknown := &scenario.NameError{What: "uncertain input", Name: pattern}
			for _, one := range l.inputs {
				unknown.Valid = append(unknown.Valid, writtenName(one.Columns[0].Name))
			}
			return nil, fmt.Errorf("group %q: %w", g.Name, unknown)
		}
	}
	if len(members) == 0 {
		return nil, fmt.Errorf("group %q has no inputs: name some", g.Name)
	}
	slices.Sort(members)
	return members, nil
}

// learnedName is what is learned in words: an input or, of shares that add up to 1, all
// of them.
func learnedName(u model.Uncertain) string {
	if u.Shares == "" {
		return inputname.Of(u)
	}
	if names, ok := u.Shares.Under("cohorts.*.failure.to"); ok {
		return "where failures in " + names[0] + " lead"
	}
	return string(u.Shares)
}

// writtenName is an input as a pattern may name it beside its path: without what only
// says what kind it is.
func writtenName(path string) string {
	return strings.TrimPrefix(inputName(model.Path(path)), "alternatives.")
}

// isAbout reports whether all of some settings are about a topic.
func (g InputGroup) isAbout(settings []model.Path) bool {
	is := func(p model.Path) bool {
		return slices.ContainsFunc(g.Inputs, func(pattern string) bool { return under(string(p), pattern) })
	}
	return len(settings) > 0 && !slices.ContainsFunc(settings, func(p model.Path) bool { return !is(p) })
}

// changedBy are the settings that an input changes: its own, those that it multiplies,
// or those that some alternative changes.
func changedBy(v *scenario.Version, u model.Uncertain) []model.Path {
	switch {
	case ofAlternatives(u):
		return alternativeChanges(v, u)
	case len(u.Multiplies) > 0:
		return u.Multiplies
	}
	return []model.Path{u.Path}
}

// alternativeChanges are the settings that some alternative changes; none where that is
// not known.
func alternativeChanges(v *scenario.Version, u model.Uncertain) []model.Path {
	var all []model.Path
	for _, name := range u.Values {
		with, err := v.With(name)
		if err != nil { // "as in the file", which changes nothing
			continue
		}
		for _, c := range with.Changes[min(len(v.Changes), len(with.Changes)):] {
			all = append(all, model.Path(c.Path))
		}
	}
	return all
}

// under reports whether a path is one that a pattern leads to, or stands inside it.
func under(path, pattern string) bool {
	_, ok := model.Path(path).Under(pattern)
	return ok
}
