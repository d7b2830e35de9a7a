// Package missing tells whether there is anything in an interface.
package missing

import "reflect"

// From reports whether a value of an interface is nil, or a pointer to nothing.
func From(value any) bool {
	v := reflect.ValueOf(value)
	return !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil()
}
