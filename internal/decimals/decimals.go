// Package decimals finds decimal numbers that nobody can work with. A decimal is
// whole digits and a power of ten, and a power of a thousand million takes
// gigabytes to compare, to add to 1 or to print.
package decimals

import (
	"cmp"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// Most is the most digits that a number may have before its decimal point, and
// after it: more than any binary number of 64 bits has.
const Most = 400

// Check returns an error for a number with more digits. The error does not print it.
func Check(d decimal.Decimal) error {
	exponent := int64(d.Exponent())
	if exponent >= -Most && exponent <= Most && d.Coefficient().BitLen() <= 4*Most {
		return nil
	}
	return fmt.Errorf("a number has more than %d digits (its power of ten is %d): write a number of ordinary size", Most, exponent)
}

// In returns an error, located in the words of a programme file, for every number
// with too many digits in a value or in anything that it holds.
func In(path string, value any) []error {
	w := walk{}
	w.value(path, reflect.ValueOf(value))
	if w.found { // few values have any, and names take longer than numbers
		w.naming = true
		w.value(path, reflect.ValueOf(value))
	}
	return w.faults
}

type walk struct {
	found  bool // whether a number has too many digits
	naming bool // whether paths are written and faults are kept
	faults []error
}

var aDecimal = reflect.TypeFor[decimal.Decimal]()

// parts are the fields of a structure that can hold a decimal, by type: every run asks
// of the same few types, hundreds of times.
var parts sync.Map // of []int by reflect.Type

func partsOf(t reflect.Type) []int {
	if known, ok := parts.Load(t); ok {
		return known.([]int)
	}
	var all []int
	known := holders{}
	for i := range t.NumField() {
		if field := t.Field(i); field.IsExported() && known.has(field.Type) {
			all = append(all, i)
		}
	}
	parts.Store(t, all)
	return all
}

// holders says of the types that were met whether they can hold a decimal.
type holders map[reflect.Type]bool

// has reports whether values of a type can hold a decimal. Nothing behind an
// interface does.
func (h holders) has(t reflect.Type) bool {
	if known, ok := h[t]; ok {
		return known
	}
	h[t] = t == aDecimal // a type that holds itself adds nothing
	holds := t == aDecimal
	switch {
	case holds:
	case t.Kind() == reflect.Pointer, t.Kind() == reflect.Slice, t.Kind() == reflect.Array, t.Kind() == reflect.Map:
		holds = h.has(t.Elem())
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			holds = holds || t.Field(i).IsExported() && h.has(t.Field(i).Type)
		}
	}
	h[t] = holds
	return holds
}

func (w *walk) value(path string, v reflect.Value) {
	if !v.IsValid() {
		return
	}
	if v.Type() == aDecimal {
		err := Check(v.Interface().(decimal.Decimal))
		w.found = w.found || err != nil
		if err != nil && w.naming {
			w.faults = append(w.faults, located.Within(path, err))
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			w.value(path, v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			w.value(w.under(path, func() string { return itemName(v.Index(i), i) }), v.Index(i))
		}
	case reflect.Map:
		for each := v.MapRange(); each.Next(); {
			w.value(w.under(path, func() string { return fmt.Sprint(each.Key()) }), each.Value())
		}
	case reflect.Struct:
		for _, i := range partsOf(v.Type()) {
			w.value(w.under(path, func() string { return fieldName(v.Type().Field(i)) }), v.Field(i))
		}
	}
}

// fieldName is what a field is called in a programme file.
func fieldName(f reflect.StructField) string {
	if f.Type == aDecimal && f.Name == "Decimal" { // of a number that may be missing
		return ""
	}
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return strings.ReplaceAll(cmp.Or(name, strings.ToLower(f.Name)), "_", " ")
}

// itemName is what an item of a list is called: its name, if it has one, or its number.
func itemName(v reflect.Value, i int) string {
	for _, field := range []string{"Name", "State", "Commissioner"} {
		if v.Kind() == reflect.Struct && v.FieldByName(field).Kind() == reflect.String && v.FieldByName(field).String() != "" {
			return v.FieldByName(field).String()
		}
	}
	return strconv.Itoa(i + 1)
}

// under is the path of a part with a name, if paths are written.
func (w *walk) under(path string, name func() string) string {
	if !w.naming {
		return ""
	}
	part := name()
	if path == "" || part == "" {
		return path + part
	}
	return path + "." + part
}
