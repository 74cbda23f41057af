// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace utvei {

/// A vector that is indexed by its own id type.
template <class IdType, class T>
class Column {
 public:
  Column() = default;
  explicit Column(std::size_t size, T const& value = T{}) : values_(size, value) {}
  explicit Column(std::vector<T> values) : values_{std::move(values)} {}

  decltype(auto) operator[](IdType id) { return values_[id.value()]; }
  decltype(auto) operator[](IdType id) const { return values_[id.value()]; }

  IdType push_back(T value) {
    values_.push_back(std::move(value));
    return IdType{values_.size() - 1};
  }
  void reserve(std::size_t size) { values_.reserve(size); }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] IdType end_id() const { return IdType{values_.size()}; }
  auto begin() { return values_.begin(); }
  auto end() { return values_.end(); }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }
  [[nodiscard]] std::vector<T> const& values() const { return values_; }

 private:
  std::vector<T> values_;
};

/// for (StateId s : ids<StateId>(n))
template <class IdType>
class IdRange {
 public:
  class Iterator {
   public:
    explicit Iterator(std::size_t at) : at_{at} {}
    IdType operator*() const { return IdType{at_}; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator!=(Iterator const& other) const { return at_ != other.at_; }

   private:
    std::size_t at_;
  };
  explicit IdRange(std::size_t size) : size_{size} {}
  [[nodiscard]] Iterator begin() const { return Iterator{0}; }
  [[nodiscard]] Iterator end() const { return Iterator{size_}; }

 private:
  std::size_t size_;
};

template <class IdType, class T>
IdRange<IdType> ids_of(Column<IdType, T> const& column) {
  return IdRange<IdType>{column.size()};
}

}  // namespace utvei
