package plot

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
)

// limitSaid says a limit in £ of some versions: once if it is the same in all, and
// otherwise for each by name. It is empty if none has such a limit.
func limitSaid(what string, names []string, versions []*model.Programme, limit func(*model.Programme) (pounds float64, ok bool)) string {
	alike, some := true, false
	first, has := limit(versions[0])
	var each []string
	for i, p := range versions {
		pounds, ok := limit(p)
		alike, some = alike && ok == has && pounds == first, some || ok
		text := words.Pounds(pounds)
		if !ok {
			text = "none"
		}
		each = append(each, text+" in "+names[i])
	}
	switch {
	case !some:
		return ""
	case alike:
		return fmt.Sprintf("The %s is %s.", what, words.Pounds(first))
	}
	return fmt.Sprintf("The %s differs: %s.", what, strings.Join(each, ", "))
}

// capped returns the contract cap in £, and whether there is one.
func capped(p *model.Programme) (pounds float64, ok bool) {
	return p.Contract.Cap.Decimal.InexactFloat64(), p.Contract.Cap.Valid
}
