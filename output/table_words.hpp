// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace utvei {

// What readers of a table call what the files name in short. In nb, nn or en; another language reads as nb.

/// The heading of a dimension; its name where that is a trait of the model.
std::string heading_of_dimension(std::string_view dimension, std::string_view language);
/// A label that is the same in all models, such as `two_adults`, also of `payment_kind`; empty: it is none.
std::string_view word_of_label(std::string_view dimension, std::string_view label, std::string_view language);
/// `1` is a number of people or events.
std::string unit_in_words(std::string_view units, std::string_view language);
/// The three classes of data.
std::string_view class_in_words(std::string_view data_class, std::string_view language);

}  // namespace utvei
