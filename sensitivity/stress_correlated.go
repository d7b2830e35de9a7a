package sensitivity

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// alone are the correlations of which a stress moves one input and leaves the other. A
// correlation says how two inputs vary around their means. A stress moves a mean, and
// says nothing of what the other input does then.
func alone(stressed, base *scenario.Version) []model.RankCorrelation {
	var moved []model.Path
	for _, c := range stressed.Changes {
		if !slices.Contains(base.Changes, c) {
			moved = append(moved, model.Path(c.Path))
		}
	}
	moves := func(input model.Path) bool {
		if slices.Contains(moved, input) {
			return true
		}
		for _, u := range base.Programme.Uncertain { // a factor moves with all that it multiplies
			if u.Path == input && len(u.Multiplies) > 0 {
				return !slices.ContainsFunc(u.Multiplies, func(path model.Path) bool { return !slices.Contains(moved, path) })
			}
		}
		return false
	}
	var found []model.RankCorrelation
	for _, c := range base.Programme.Correlations {
		if moves(c.Inputs[0]) != moves(c.Inputs[1]) {
			found = append(found, c)
		}
	}
	return found
}
