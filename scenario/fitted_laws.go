package scenario

import (
	"fmt"
	"sync"

	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// To fit a law takes up to a millisecond, and every case and variant of a file has
// nearly the same ones: a document fits each once, and makes the table of its quantiles
// once.

// once remembers what was worked out of a key. Several goroutines may use one.
type once[T any] struct {
	mutex sync.Mutex
	known map[string]T
}

// of is what was remembered, or what work returns.
func (o *once[T]) of(key string, work func() (T, error)) (T, error) {
	if o == nil {
		return work()
	}
	o.mutex.Lock()
	done, ok := o.known[key]
	o.mutex.Unlock()
	if ok {
		return done, nil
	}
	done, err := work()
	if err != nil {
		return done, err
	}
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.known == nil {
		o.known = map[string]T{}
	}
	o.known[key] = done
	return done, nil
}

// fit is the law of a family with a mean and two ends.
func (d *decoder) fit(family uncertain.Family, mean, low, high float64) (uncertain.Law, error) {
	return d.fitted.of(fmt.Sprint(family, mean, low, high), func() (uncertain.Law, error) {
		return uncertain.Fit(family, mean, low, high)
	})
}

// table is the quantiles of a law.
func (d *Drawer) table(law uncertain.Law) *uncertain.Quick {
	table, _ := d.tables.of(fmt.Sprintf("%#v", law), func() (*uncertain.Quick, error) { return uncertain.NewQuick(law), nil })
	return table
}
