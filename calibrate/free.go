package calibrate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// freedRange is how far rates that were chosen ahead turn out to be off: the failure rates
// of DN2's low and high case, which are a bidder's, are 0.3 to 1.9 times those that payments
// came to.
const freedRange = "0.4 to 2.2"

// free is a version with what had been fitted to payments after a day set free: by kind, as
// the failure rates of all cohorts. Inputs that no factor can multiply have seen those
// payments and stay as they are.
func free(v *scenario.Version, day calendar.Date) (_ *scenario.Version, free, seen []model.Path) {
	var kinds []string
	paths := map[string][]model.Path{}
	for _, in := range fittedAfter(v.Programme, day) {
		kind := kindOf(in.Path)
		if paths[kind] == nil {
			kinds = append(kinds, kind)
		}
		paths[kind] = append(paths[kind], in.Path)
	}
	for _, kind := range kinds {
		if freed := freed(v, kind, paths[kind]); freed != nil {
			v, free = freed, append(free, paths[kind]...)
		} else {
			seen = append(seen, paths[kind]...)
		}
	}
	return v, free, seen
}

// fittedAfter are the inputs that, by the file, were fitted to what was published after a
// day; after no day, all that were fitted.
func fittedAfter(p *model.Programme, day calendar.Date) (all []model.Input) {
	for _, in := range p.Register {
		if in.FittedTo.After(day) {
			all = append(all, in)
		}
	}
	return all
}

// freed is a version with the inputs of a kind set free; nil if they cannot be. Together
// they have an unknown factor, with limits where a law without any would give a rate that
// cannot be. Chances that no factor may multiply are each what three children would show.
func freed(v *scenario.Version, kind string, paths []model.Path) *scenario.Version {
	var quoted []string
	var chances []scenario.Edit
	for _, path := range paths {
		quoted = append(quoted, strconv.Quote(string(path)))
		i := slices.IndexFunc(v.Programme.Register, func(in model.Input) bool { return in.Path == path })
		if chance, err := strconv.ParseFloat(v.Programme.Register[i].Value, 64); err == nil && chance > 0 && chance < 1 {
			law := distuv.Beta{Alpha: 3 * chance, Beta: 3 * (1 - chance)}
			chances = append(chances, scenario.Set(string(path), fmt.Sprintf("{value: %v, range: %.6f to %.6f, status: assumed}", chance, law.Quantile(0.05), law.Quantile(0.95))))
		}
	}
	factor := func(law string) []scenario.Edit {
		return []scenario.Edit{scenario.Set(
			"uncertain.set free: "+strings.ReplaceAll(strings.ReplaceAll(kind, "*.", ""), ".", " "),
			"{multiplies: ["+strings.Join(quoted, ", ")+"], factor: {value: 1, "+law+": "+freedRange+", status: assumed}}",
		)}
	}
	ways := [][]scenario.Edit{factor("range"), factor("PERT")}
	if len(chances) == len(paths) {
		ways = append(ways, chances)
	}
	for _, edits := range ways {
		if freed, err := v.With("", edits...); err == nil {
			if _, err := freed.Drawer(); err == nil {
				return freed
			}
		}
	}
	return nil
}

// kindOf is a path without the name of a cohort or a metric, which is "*".
func kindOf(path model.Path) string {
	names := strings.Split(string(path), ".")
	if len(names) > 2 && (names[0] == "cohorts" || names[0] == "metrics") {
		names[1] = "*"
	}
	return strings.Join(names, ".")
}
